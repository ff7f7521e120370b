import type { LoadedConfig } from '@chancery/config-files';
import type { AgentConfig } from '@chancery/model';
import type { Store } from '@chancery/store';
import type { Effects } from '../effects.ts';
import type { HttpGate } from '../http/http-gate.ts';
import type { HttpListener } from '../http/http-listener.ts';
import { joinCatalog } from '../join-catalog.ts';
import { type Applied, applyDeclarations } from './declarations.ts';
import { changedSettled } from './settled-settings.ts';

/** What came of a reload; warnings name what counts only from the next start on. */
export type Reloaded =
  | { readonly ok: true; readonly warnings: readonly string[] }
  | {
      readonly ok: false;
      readonly message: string;
      /** Whether something was changed all the same; the message says what. */
      readonly inPart: boolean;
    };

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
  readonly gate: Pick<HttpGate, 'set'>;
  readonly effects: Effects;
}

/**
 * Brings a running agent to what its configuration says now: what is declared by difference, and the settings that
 * can be changed under way. A configuration with a mistake changes nothing. Where the catalog refuses something
 * of it, the rest of what is declared counts, and settings do not.
 */
async function reloadAgent(parts: ReloadParts): Promise<Reloaded> {
  const { store, config: started, effects } = parts;
  const read = parts.readConfig();
  if (!read.ok) return { ok: false, message: read.lines.join('\n'), inPart: false };
  const { config } = read;
  const applied = await applyDeclarations(store, started.nodeName, config);
  if (applied.refused.length > 0) return partly(applied);
  const http = await parts.http;
  parts.setLogLevel(config.logLevel);
  parts.gate.set(config.http);
  http?.configure(config.http);
  await joinCatalog(store, { ...started, nodeMeta: config.nodeMeta }, effects);
  const settled = changedSettled(started, config).map(
    (keys) => `${keys} has changed: it counts when the agent is started again`,
  );
  return { ok: true, warnings: [...read.warnings, ...settled] };
}

/** What was applied and what not, a line each. */
function partly({ refused, declared, takenBack }: Applied): Reloaded {
  const inPart = declared.length + takenBack.length > 0;
  const lines = inPart
    ? [
        ...refused.map((each) => `not applied: ${each}`),
        `applied: ${listed(declared)}`,
        `taken back: ${listed(takenBack)}`,
        'not applied: log_level, node_meta, http_config',
      ]
    : refused;
  return { ok: false, message: lines.join('\n'), inPart };
}

const mostNames = 24;

/** Of very many the first: what was refused is told in full, and so is by that what was not. */
function listed(names: readonly string[]): string {
  const more = names.length - mostNames;
  const told = [...names.slice(0, mostNames), ...(more > 0 ? [`and ${more} more`] : [])];
  return told.length === 0 ? 'nothing' : told.join(', ');
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
    const what = outcome.inPart ? 'read again in part' : 'not read again';
    for (const line of outcome.message.split('\n')) log.error({ part }, `${what}: ${line}`);
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
