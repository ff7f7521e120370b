import type { LoadedConfig } from '@chancery/config-files';
import type { AgentConfig } from '@chancery/model';
import type { Store } from '@chancery/store';
import { openAuthority } from './authority/authority.ts';
import { openLeafs } from './authority/open-leafs.ts';
import { openRotation } from './authority/open-rotation.ts';
import { dropForbiddenScripts } from './checks/forbidden-scripts.ts';
import { runNodeChecks } from './checks/node-checks.ts';
import { writeBootstrapEntries } from './config/bootstrap-entries.ts';
import { applyDeclarations } from './config/declarations.ts';
import { createReload, type Reloaded } from './config/reload-agent.ts';
import type { Effects } from './effects.ts';
import { agentApi } from './http/agent-api.ts';
import { HttpGate } from './http/http-gate.ts';
import { type HttpListener, listenHttp } from './http/http-listener.ts';
import { whenAnswered } from './http/when-answered.ts';
import { openDeadlines } from './intentions/open-deadlines.ts';
import { joinCatalog } from './join-catalog.ts';
import { openAgentMesh } from './mesh/agent-mesh.ts';
import { openLoadReports } from './mesh/seen/open-load-reports.ts';
import { SeenBook } from './mesh/seen/seen-book.ts';
import { openMetrics } from './metrics/open-metrics.ts';
import { openAgentStore } from './open-agent-store.ts';
import { serveProxies } from './proxies/serve-proxies.ts';

/** A running agent. Disposing of it closes its listeners, then its store. */
export interface Agent extends AsyncDisposable {
  /** Where it listens; nowhere with what is off. */
  readonly listeners: { readonly http: readonly string[]; readonly xds: readonly string[] };
  /** Reads the configuration again, and brings the agent to what it says; tells what was refused. */
  readonly reload: () => Promise<Reloaded>;
}

/** What may be asked of the process that an agent runs in. */
export interface AgentHost {
  /** Reads the configuration again. */
  readonly readConfig: () => LoadedConfig;
  /** What was warned of when it was read first. */
  readonly warnings: readonly string[];
  /** Has the log go on at another level. */
  readonly setLogLevel: (level: AgentConfig['logLevel']) => void;
  /** Begins to stop the agent. */
  readonly leave: () => void;
}

/**
 * Composes an agent: state, authority, checks, translator, xDS server and HTTP API. Nothing is
 * served before the store is loaded and what the configuration declares is in it.
 *
 * @throws Error with a sentence for people: a port that is taken, a data directory that cannot be used.
 */
export async function startAgent(
  config: AgentConfig,
  host: AgentHost,
  effects: Effects,
): Promise<Agent> {
  await using stack = new AsyncDisposableStack();
  const startedAt = effects.now();
  const { metrics } = stack.use(openMetrics(config, effects));
  const store = stack.use(await openAgentStore(config, metrics, effects));
  const node = await joinCatalog(store, config, effects);
  const { datacenter, ca } = config;
  const { now, newId } = effects;
  const authority = await openAuthority(store, { datacenter, ca, now, newId });
  const leafs = stack.use(openLeafs(authority, config, effects));
  stack.use(openDeadlines(store, config, effects));
  await bringToConfig(store, node.name, config, effects);
  const checks = stack.use(runNodeChecks({ store, node: node.name, config, metrics, effects }));
  const onAnswer = whenAnswered(metrics, effects.log);
  const parts = { store, node, config, authority, leafs, checks, metrics, onAnswer, effects };
  const seen = new SeenBook();
  const { trustDomain } = authority;
  const reported = { store, node: node.name, datacenter, trustDomain, seen, now };
  const reports = stack.use(openLoadReports(reported));
  const xds = stack.use(
    serveProxies({
      ...parts,
      node: node.name,
      checks: checks.runner,
      routes: (...asked) => reports.route(...asked) || mesh.routes(...asked),
    }),
  );
  const gate = new HttpGate(config.http);
  const { readConfig, leave } = host;
  const mesh = openAgentMesh({ ...parts, xds, seen, startedAt, readConfig, gate });
  const { doubting, figures: xdsFigures, syncFigures } = xds;
  const rotation = stack.use(openRotation({ store, authority, leafs, doubting, effects }));
  const opened = Promise.withResolvers<HttpListener | undefined>();
  const reload = createReload({ ...host, store, config, http: opened.promise, gate, effects });
  const api = agentApi({ ...parts, mesh, rotation, xdsFigures, syncFigures, reload, leave });
  const xdsAddresses = config.ports.grpc > 0 ? await xds.listen() : [];
  const http = config.ports.http > 0 ? stack.use(await listenHttp(api, config, gate)) : undefined;
  opened.resolve(http);
  // Before the listeners: they wait for the calls that are open.
  stack.use(mesh);
  const listeners = { http: http?.urls ?? [], xds: xdsAddresses };
  const owned = stack.move();
  return { listeners, reload, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** What the configuration says of the state is in it before anything is served. */
async function bringToConfig(
  store: Store,
  node: string,
  config: AgentConfig,
  effects: Effects,
): Promise<void> {
  await writeBootstrapEntries(store, config, effects.log);
  await forbidScripts(store, node, config, effects);
  await declare(store, node, config);
}

async function forbidScripts(
  store: Store,
  node: string,
  { scriptChecks }: AgentConfig,
  { log }: Effects,
): Promise<void> {
  for (const check of await dropForbiddenScripts(store, node, scriptChecks)) {
    log.warn({ part: 'checks', check }, 'taken away: scripts are disabled on this agent');
  }
}

async function declare(store: Store, node: string, config: AgentConfig): Promise<void> {
  const { refused } = await applyDeclarations(store, node, config);
  if (refused.length > 0) throw new Error(refused.join('\n'));
}
