import type { AgentConfig } from '@chancery/model';
import { createSnapshotQueries } from '@chancery/snapshot';
import type { Store } from '@chancery/store';
import { createXdsServer, type Nack, type XdsServer } from '@chancery/xds-server';
import { createTranslator, type Diagnostic } from '@chancery/xds-translator';
import type { Authority } from '../authority/authority.ts';
import type { Leafs } from '../authority/leafs.ts';
import type { CheckRunner } from '../checks/check-runner.ts';
import type { Effects } from '../effects.ts';
import { listenFailure } from '../listen-failure.ts';
import type { Log } from '../log.ts';
import { ProxyPublisher } from './proxy-publisher.ts';
import { proxySecrets } from './proxy-secrets.ts';
import { probeOnStreamEvents } from './sidecar-readiness.ts';

/** What the proxies of an agent are served from. */
export interface ServedFrom {
  readonly store: Store;
  readonly node: string;
  readonly config: AgentConfig;
  readonly authority: Authority;
  readonly leafs: Leafs;
  readonly checks: CheckRunner;
  readonly effects: Effects;
}

/** The xDS side of an agent. */
export interface ProxyService extends AsyncDisposable {
  /** Opens the listener; resolves with its address. */
  listen(): Promise<string>;
  /** Figures for operators: `resources_encoded` counts what was translated, `chunks_encoded` what was made ready for the wire; neither grows with the streams that share it. */
  figures(): Readonly<Record<string, number>>;
}

/** Joins translator and xDS server: whoever asks is supplied for as long as they stay. */
export function serveProxies(from: ServedFrom): ProxyService {
  const { store, authority, leafs, checks, effects } = from;
  const { log, now } = effects;
  const stack = new AsyncDisposableStack();
  const translator = createTranslator();
  const xds = stack.use(createXdsServer({ now, onNack: (nack) => logNack(log, nack) }));
  const publisher = stack.use(
    new ProxyPublisher({
      store,
      proxySnapshot: createSnapshotQueries(snapshotSettings(from)).proxySnapshot,
      compile: (snapshot) => translator.compile(snapshot),
      secrets: proxySecrets(authority, leafs),
      publish: (proxyId, manifest) => xds.publish(proxyId, manifest),
      withdraw: (proxyId) => xds.withdraw(proxyId),
      onDiagnostics: (proxy, diagnostics) => logDiagnostics(log, proxy, diagnostics),
      onFailure: (proxy, err) => log.error({ part: 'ca', proxy, err }, 'no leaf for a proxy'),
    }),
  );
  stack.defer(xds.onDemand((proxyId, demand) => publisher.follow(proxyId, demand)));
  stack.defer(xds.onStream(probeOnStreamEvents(checks)));
  stack.use(leafs.onChange((service) => publisher.republish(service)));
  return {
    listen: () => listen(xds, from.config),
    figures: () => {
      const { encodings, ...figures } = xds.counters;
      return { ...figures, resources_encoded: translator.encodings, chunks_encoded: encodings };
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

function snapshotSettings({ node, config, authority: { trustDomain } }: ServedFrom) {
  const { datacenter, defaultIntentionPolicy: defaultAction } = config;
  return { trustDomain, datacenter, defaultAction, node };
}

function logNack(log: Log, { proxyId: proxy, typeUrl: type, resources, reason }: Nack): void {
  log.warn({ part: 'xds', proxy, type, resources, reason }, 'Envoy rejected');
}

function logDiagnostics(log: Log, proxy: string, diagnostics: readonly Diagnostic[]): void {
  for (const { code, resource, message } of diagnostics) {
    log.warn({ part: 'translator', proxy, code, resource }, message);
  }
}

async function listen(
  xds: XdsServer,
  { clientAddress: host, ports }: AgentConfig,
): Promise<string> {
  const { port } = await xds.listen({ host, port: ports.grpc }).catch((error) => {
    throw listenFailure(error, host, ports.grpc, '-grpc-port');
  });
  return `${host}:${port}`;
}
