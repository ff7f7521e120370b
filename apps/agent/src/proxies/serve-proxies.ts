import { withoutPrivateKeys } from '@chancery/envoy-api';
import type { CheckRunner } from '@chancery/health-checks';
import type { AgentConfig } from '@chancery/model';
import {
  createSnapshotQueries,
  type ProxySnapshot,
  type SnapshotQueries,
} from '@chancery/snapshot';
import type { Store } from '@chancery/store';
import {
  createXdsServer,
  type Nack,
  type XdsServer,
  type XdsServerOptions,
} from '@chancery/xds-server';
import {
  type Compiled,
  createTranslator,
  type Diagnostic,
  rootsSecretName,
  type Translator,
} from '@chancery/xds-translator';
import type { Authority } from '../authority/authority.ts';
import type { Leafs } from '../authority/leafs.ts';
import { trustedRoots } from '../authority/trusted-roots.ts';
import type { Effects } from '../effects.ts';
import type { Log } from '../log/log.ts';
import { listenXds } from './listen-xds.ts';
import { notTaken } from './manifest-difference.ts';
import { ProxyPublisher, type PublisherParts } from './proxy-publisher.ts';
import { proxySecrets } from './proxy-secrets.ts';
import { PublicationLog } from './publication-log.ts';
import { SelfCheck, type SelfCheckParts } from './self-check.ts';
import { probeOnStreamEvents } from './sidecar-readiness.ts';
import { type SyncFigures, syncFigures } from './sync-figures.ts';
import { xdsFigures } from './xds-figures.ts';

/** What the proxies of an agent are served from. */
export interface ServedFrom {
  readonly store: Store;
  readonly node: string;
  readonly config: AgentConfig;
  readonly authority: Authority;
  readonly leafs: Leafs;
  readonly checks: CheckRunner;
  /** What else is served on the port. */
  readonly routes?: NonNullable<XdsServerOptions['routes']>;
  readonly effects: Effects;
}

/** The xDS side of an agent. */
export interface ProxyService extends AsyncDisposable {
  /** Opens the listeners; resolves with their addresses. */
  listen(): Promise<readonly string[]>;
  /** The proxies with a stream that have not acknowledged the roots as they are now. */
  doubting(): readonly string[];
  /** Figures for operators, by the names of counters. */
  figures(): Readonly<Record<string, number>>;
  /** How the proxies stand, in numbers. */
  syncFigures(): SyncFigures;
  /** What each proxy was sent, and what it said to it. */
  readonly ledger: XdsServer['ledger'];
  /** What each proxy is to have, and what that was made of. */
  readonly publisher: Pick<ProxyPublisher, 'supply' | 'followed' | 'isFollowed' | 'isDue'>;
  /** Which revision changed what for which proxy. */
  readonly publications: Pick<
    PublicationLog,
    'changedBy' | 'changedBefore' | 'onPublished' | 'loaded'
  >;
  readonly queries: SnapshotQueries;
  /** What a snapshot becomes. */
  readonly compile: (snapshot: ProxySnapshot) => Compiled;
}

/** In this time every proxy is looked at once, as long as they are not more than 300. */
const selfCheckEveryMs = 30_000;

/** Joins translator and xDS server: whoever asks is supplied for as long as they stay. */
export function serveProxies(from: ServedFrom): ProxyService {
  const { store, authority, leafs, checks, effects } = from;
  const { log, now } = effects;
  const stack = new AsyncDisposableStack();
  const translator = createTranslator(effects.translation);
  const xds = stack.use(
    createXdsServer({
      now,
      onNack: (nack) => logNack(log, nack),
      ...(from.routes && { routes: from.routes }),
    }),
  );
  const queries = createSnapshotQueries(snapshotSettings(from));
  const { proxySnapshot } = queries;
  const publications = new PublicationLog(store.view.revision);
  const publisher = stack.use(
    new ProxyPublisher(publisherParts(from, { proxySnapshot, translator, publications, xds })),
  );
  stack.defer(xds.onDemand((proxyId, demand) => publisher.follow(proxyId, demand)));
  stack.defer(xds.onStream(probeOnStreamEvents(checks)));
  stack.defer(xds.onStream((proxy, event) => log.info({ part: 'xds', proxy }, `stream ${event}`)));
  stack.use(leafs.onChange((service) => publisher.republish(service)));
  stack.use(leafs.onUse((service) => publisher.serves(service)));
  stack.use(
    store.watch(trustedRoots, '', ({ index: to, since }) =>
      publisher.republishAll({ from: Math.min(since, to), to }),
    ),
  );
  const check = stack.use(selfCheck(from, { proxySnapshot, publisher, xds }));
  check.start(selfCheckEveryMs);
  return {
    listen: () => listenXds(xds, from.config),
    doubting: () => proxiesWithout(rootsSecretName(authority.trustDomain), publisher, xds),
    figures: () => xdsFigures(xds, translator, check),
    syncFigures: () => syncFigures({ ...from, ledger: xds.ledger, publisher, now }),
    ledger: xds.ledger,
    publisher,
    publications,
    queries,
    compile: (snapshot) => translator.compile(snapshot),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

interface Publishing {
  readonly proxySnapshot: SnapshotQueries['proxySnapshot'];
  readonly translator: Translator;
  readonly publications: PublicationLog;
  readonly xds: XdsServer;
}

function publisherParts(
  { store, authority, leafs, effects: { log } }: ServedFrom,
  { proxySnapshot, translator, publications, xds }: Publishing,
): PublisherParts {
  return {
    store,
    proxySnapshot,
    compile: (snapshot) => translator.compile(snapshot),
    secrets: proxySecrets({ store, authority, leafs }),
    publish: (proxyId, manifest, span) => {
      xds.publish(proxyId, manifest);
      // Who is told of it looks at the ledger, which has to know of it.
      publications.note(proxyId, manifest, span);
    },
    withdraw: (proxyId, why) => {
      if (why === 'unregistered') publications.forget(proxyId);
      xds.withdraw(proxyId);
    },
    onDiagnostics: (proxy, diagnostics) => logDiagnostics(log, proxy, diagnostics),
    onFailure: (proxy, err) => log.error({ part: 'ca', proxy, err }, 'no leaf for a proxy'),
  };
}

/** The proxies that were told of a resource and have not acknowledged it. */
function proxiesWithout(
  name: string,
  publisher: ProxyPublisher,
  { ledger }: Pick<XdsServer, 'ledger'>,
): readonly string[] {
  return publisher.followed().filter((proxyId) => {
    const manifest = publisher.published(proxyId);
    const known = ledger.proxy(proxyId);
    if (manifest === undefined || known === undefined) return false;
    const resources = manifest.resources.filter((resource) => resource.name === name);
    return notTaken({ ...manifest, resources }, known).size > 0;
  });
}

interface Checked extends Pick<SelfCheckParts, 'proxySnapshot' | 'publisher'> {
  readonly xds: XdsServer;
}

function selfCheck(
  { store, authority, leafs, effects: { log, translation } }: ServedFrom,
  { proxySnapshot, publisher, xds }: Checked,
): SelfCheck {
  const part = 'self-check';
  return new SelfCheck({
    store,
    proxySnapshot,
    publisher,
    compile: (snapshot) => createTranslator(translation).compile(snapshot).resources,
    secrets: (snapshot) => proxySecrets({ store, authority, leafs })(snapshot),
    ledger: (proxyId) => xds.ledger.proxy(proxyId),
    onRepair: (proxy, resources) =>
      log.error({ part, proxy, resources }, 'a proxy had not been told of a change; now it is'),
    onLag: (proxy, resources) =>
      log.warn({ part, proxy, resources }, 'a proxy takes no notice of what it was told'),
    onFailure: (proxy, err) => log.error({ part, proxy, err }, 'a proxy could not be checked'),
  });
}

function snapshotSettings({ node, config, authority: { trustDomain } }: ServedFrom) {
  const { datacenter, defaultIntentionPolicy: defaultAction } = config;
  return { trustDomain, datacenter, defaultAction, node };
}

function logNack(log: Log, { proxyId: proxy, typeUrl: type, resources, ...nack }: Nack): void {
  const reason = withoutPrivateKeys(nack.reason);
  log.warn({ part: 'xds', proxy, type, resources, reason }, 'Envoy rejected');
}

function logDiagnostics(log: Log, proxy: string, diagnostics: readonly Diagnostic[]): void {
  for (const { code, resource, message } of diagnostics) {
    log.warn({ part: 'translator', proxy, code, resource }, message);
  }
}
