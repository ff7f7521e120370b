import type { LoadedConfig } from '@chancery/config-files';
import type { AgentConfig } from '@chancery/model';
import { createSnapshotQueries, type SnapshotQueries } from '@chancery/snapshot';
import type { Store } from '@chancery/store';
import { createXdsServer, type XdsServer } from '@chancery/xds-server';
import { createTranslator, type Translator } from '@chancery/xds-translator';
import { type Authority, openAuthority } from './authority/authority.ts';
import type { Leafs } from './authority/leafs.ts';
import { openLeafs } from './authority/open-leafs.ts';
import { runNodeChecks } from './checks/node-checks.ts';
import { applyDeclarations } from './config/declarations.ts';
import type { Effects } from './effects.ts';
import { agentApi } from './http/agent-api.ts';
import { listenHttp } from './http/http-listener.ts';
import { joinCatalog } from './join-catalog.ts';
import { listenFailure } from './listen-failure.ts';
import { openAgentStore } from './open-agent-store.ts';
import { ProxyPublisher } from './proxies/proxy-publisher.ts';
import { proxySecrets } from './proxies/proxy-secrets.ts';
import { probeOnStreamEvents } from './proxies/sidecar-readiness.ts';

/** A running agent. Disposing of it closes its listeners, then its store. */
export interface Agent extends AsyncDisposable {
  /** Where it listens; a listener that is off is absent. */
  readonly listeners: { readonly http?: string; readonly xds?: string };
}

/** What may be asked of the process that an agent runs in. */
export interface AgentHost {
  /** Reads the configuration again. */
  readonly readConfig: () => LoadedConfig;
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
  const store = stack.use(await openAgentStore(config, effects));
  const node = await joinCatalog(store, config, effects);
  const authority = await openAuthority(store, {
    datacenter: config.datacenter,
    leafTtlMs: config.leafCertTtlMs,
    now: effects.now,
    newId: effects.newId,
  });
  const leafs = stack.use(openLeafs(authority, config, effects));
  await declare(store, node.name, config);
  const checks = stack.use(runNodeChecks(store, node.name, effects.random));
  const xds = stack.use(xdsServer(effects));
  stack.defer(xds.onStream(probeOnStreamEvents(checks.runner)));
  const queries = createSnapshotQueries({
    trustDomain: authority.trustDomain,
    datacenter: config.datacenter,
    defaultAction: config.defaultIntentionPolicy,
    node: node.name,
  });
  const translator = createTranslator();
  stack.use(publisher({ store, queries, authority, leafs, translator, xds, effects }));
  const reload = () => reloadAgent(store, node.name, host);
  const api = agentApi({
    store,
    node,
    config,
    authority,
    leafs,
    checks,
    effects,
    xdsFigures: () => xdsFigures(xds, translator),
    reload,
    leave: host.leave,
  });
  const listeners = {
    ...(config.ports.grpc > 0 && { xds: await listenXds(xds, config) }),
    ...(config.ports.http > 0 && { http: stack.use(await listenHttp(api, config)).url }),
  };
  const owned = stack.move();
  return { listeners, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

function xdsServer({ log, now }: Effects): XdsServer {
  return createXdsServer({
    now,
    onNack: ({ proxyId, typeUrl, resources, reason }) =>
      log.warn({ part: 'xds', proxy: proxyId, type: typeUrl, resources, reason }, 'Envoy rejected'),
  });
}

/** `resources_encoded` counts what was translated, `chunks_encoded` what was made ready for the wire: neither grows with the streams that share it. */
function xdsFigures(xds: XdsServer, translator: Translator): Readonly<Record<string, number>> {
  const { encodings, ...figures } = xds.counters;
  return { ...figures, resources_encoded: translator.encodings, chunks_encoded: encodings };
}

interface Publishing {
  readonly store: Store;
  readonly queries: SnapshotQueries;
  readonly authority: Authority;
  readonly leafs: Leafs;
  readonly translator: Translator;
  readonly xds: XdsServer;
  readonly effects: Effects;
}

function publisher({
  store,
  queries,
  authority,
  leafs,
  translator,
  xds,
  effects: { log },
}: Publishing): Disposable {
  const stack = new DisposableStack();
  const proxies = stack.use(
    new ProxyPublisher({
      store,
      ...queries,
      compile: (snapshot) => translator.compile(snapshot),
      secrets: proxySecrets(authority, leafs),
      publish: (proxyId, manifest) => xds.publish(proxyId, manifest),
      withdraw: (proxyId) => xds.withdraw(proxyId),
      onDiagnostics: (proxy, diagnostics) => {
        for (const { code, resource, message } of diagnostics) {
          log.warn({ part: 'translator', proxy, code, resource }, message);
        }
      },
      onFailure: (proxy, cause) =>
        log.error({ part: 'ca', proxy, err: cause }, 'no leaf for a proxy'),
    }),
  );
  stack.use(leafs.onChange((service) => proxies.republish(service)));
  return stack;
}

async function declare(store: Store, node: string, config: AgentConfig): Promise<void> {
  const refused = await applyDeclarations(store, node, config);
  if (refused.length > 0) throw new Error(refused.join('\n'));
}

async function reloadAgent(store: Store, node: string, { readConfig }: AgentHost) {
  const read = readConfig();
  if (!read.ok) return { ok: false as const, message: read.lines.join('\n') };
  const refused = await applyDeclarations(store, node, read.config);
  return refused.length === 0
    ? { ok: true as const }
    : { ok: false as const, message: refused.join('; ') };
}

async function listenXds(
  xds: XdsServer,
  { clientAddress: host, ports }: AgentConfig,
): Promise<string> {
  const { port } = await xds.listen({ host, port: ports.grpc }).catch((error) => {
    throw listenFailure(error, host, ports.grpc, '-grpc-port');
  });
  return `${host}:${port}`;
}
