import type { LoadedConfig } from '@chancery/config-files';
import type { AgentConfig } from '@chancery/model';
import type { Store } from '@chancery/store';
import type { Effects } from '../effects.ts';
import type { HttpListener } from '../http/http-listener.ts';
import { joinCatalog } from '../join-catalog.ts';
import { applyDeclarations } from './declarations.ts';
import { changedSettled } from './settled-settings.ts';

/** What came of a reload; warnings name what counts only from the next start on. */
export type Reloaded =
  | { readonly ok: true; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** What a reload reads and changes. */
export interface ReloadParts {
  readonly store: Store;
  /** What the agent was started with. */
  readonly config: AgentConfig;
  readonly readConfig: () => LoadedConfig;
  /** What was warned of when the agent started. */
  readonly warnings: readonly string[];
  readonly setLogLevel: (level: AgentConfig['logLevel']) => void;
  /** Resolves when the listeners are open. */
  readonly http: Promise<Pick<HttpListener, 'configure'> | undefined>;
  readonly effects: Effects;
}

/**
 * Brings a running agent to what its configuration says now: what is declared by difference, and the settings that
 * can be changed under way. A configuration with a mistake changes nothing.
 */
async function reloadAgent(parts: ReloadParts): Promise<Reloaded> {
  const { store, config: started, effects } = parts;
  const read = parts.readConfig();
  if (!read.ok) return { ok: false, message: read.lines.join('\n') };
  const { config } = read;
  const refused = await applyDeclarations(store, started.nodeName, config);
  if (refused.length > 0) return { ok: false, message: refused.join('; ') };
  const http = await parts.http;
  parts.setLogLevel(config.logLevel);
  http?.configure(config.http);
  await joinCatalog(store, { ...started, nodeMeta: config.nodeMeta }, effects);
  const settled = changedSettled(started, config).map(
    (keys) => `${keys} has changed: it counts when the agent is started again`,
  );
  return { ok: true, warnings: [...read.warnings, ...settled] };
}

/** Reloads, whoever asks for them, one by one, and tells each in the log; a warning only when it is new. */
export function createReload(parts: ReloadParts): () => Promise<Reloaded> {
  let known = parts.warnings;
  return oneByOne(async () => {
    const outcome = await reloadAgent(parts);
    tell(outcome, known, parts.effects.log);
    if (outcome.ok) known = outcome.warnings;
    return outcome;
  });
}

const part = 'config';

function tell(outcome: Reloaded, known: readonly string[], log: Effects['log']): void {
  if (!outcome.ok) {
    for (const line of outcome.message.split('\n')) log.error({ part }, `not read again: ${line}`);
    return;
  }
  for (const warning of outcome.warnings) {
    if (!known.includes(warning)) log.warn({ part }, warning);
  }
  log.info({ part }, 'read again');
}

/** The last to ask reads last: two reloads at once would leave now the one, now the other configuration. */
function oneByOne<T>(work: () => Promise<T>): () => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const own = last.then(work, work);
    last = own;
    return own;
  };
}
