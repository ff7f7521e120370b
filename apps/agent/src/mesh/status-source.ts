import { instanceKey, instances } from '@chancery/catalog';
import { configEntries } from '@chancery/config-entries';
import type { ProxySource, StatusSource } from '@chancery/mesh-api';
import type { AgentConfig } from '@chancery/model';
import type { Telling } from '@chancery/plan';
import type { Store, StoreOptions } from '@chancery/store';
import type { Authority } from '../authority/authority.ts';
import type { Leafs } from '../authority/leafs.ts';
import type { Authors } from './changes/authors.ts';
import { Matrices } from './matrix/watch-matrix.ts';
import type { SeenBook } from './seen/seen-book.ts';
import { certificateRows } from './status/certificate-rows.ts';
import { historyRows } from './status/history-rows.ts';
import { intentionRows } from './status/intention-rows.ts';
import { liveMesh, type MeshRows } from './status/live-mesh.ts';
import { LiveRows } from './status/live-rows.ts';
import { type AgentFacts, type FigureSources, meshFigures } from './status/mesh-figures.ts';
import { overviewRows } from './status/overview-rows.ts';
import type { OnFailure } from './status/paced.ts';
import { type ProxyRowsParts, proxyRows } from './status/proxy-rows.ts';
import { serviceRows } from './status/service-rows.ts';
import { watchStatus } from './status/watch-status.ts';

/** What tells of the mesh to those who watch it. */
export interface StatusParts {
  readonly store: Store;
  readonly tables: StoreOptions['tables'];
  readonly facts: AgentFacts;
  readonly authority: Pick<Authority, 'root'>;
  readonly leafs: Leafs;
  readonly proxies: Pick<ProxySource, 'list'>;
  readonly onLedgerChange: ProxyRowsParts['onLedgerChange'];
  readonly xdsFigures: FigureSources['xds'];
  /** The IDs of the proxies that have a stream, registered or not. */
  readonly followed: () => readonly string[];
  readonly authors: Authors;
  /** How changes of rows are told. */
  readonly tell: Telling;
  readonly seen: SeenBook;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onFailure: OnFailure;
  /** How long nothing may change before a watcher is told that it is still connected. */
  readonly aliveMs?: number;
}

const defaultAliveMs = 10_000;

/** Tells of the mesh to those who watch it. What is told is put together once for all of them, and not at all while there are none. */
export function createStatusSource(
  parts: StatusParts,
): Pick<StatusSource, 'watch' | 'watchMatrix'> {
  const { store, seen, facts, now, onFailure, aliveMs = defaultAliveMs } = parts;
  const rows = meshRows(parts);
  const mesh = liveMesh(rows);
  const { services } = rows;
  const { defaultAction } = facts;
  const matrices = new Matrices({ store, services, seen, defaultAction, onFailure });
  const revision = (): number => store.view.revision;
  return {
    watch: (sections, signal) => watchStatus(mesh, sections, { revision, now, aliveMs }, signal),
    watchMatrix: (question, signal) => matrices.watch(question, revision, signal),
  };
}

function meshRows(parts: StatusParts): MeshRows {
  const { store, leafs, authors, tables, tell, onFailure } = parts;
  const services = new LiveRows(serviceRows(store, onFailure));
  return {
    overview: overviewOf(parts, services),
    proxies: new LiveRows(proxyRows(parts)),
    services,
    intentions: new LiveRows(intentionRows({ store, authors, onFailure })),
    certificates: new LiveRows(certificateRows({ store, leafs })),
    history: new LiveRows(historyRows({ store, tables, tell, onFailure })),
  };
}

function overviewOf(parts: StatusParts, services: MeshRows['services']): MeshRows['overview'] {
  const { facts, store, authority, leafs, xdsFigures: xds, now, onLedgerChange } = parts;
  const figures = () =>
    meshFigures({
      facts,
      services: () => services.values(),
      intentions: () => countIntentions(store),
      connected: () => connectedProxies(parts),
      xds,
      rootEnds: () => authority.root().validity.notAfter,
      firstLeafEnds: () => leafs.counters.firstEnd,
      now,
    });
  const open = (onChange: () => void): Disposable => {
    const stack = new DisposableStack();
    stack.use(services.watch(onChange));
    stack.use(store.follow(configEntries, onChange, { skipPresent: true }));
    stack.use(leafs.onServed(onChange));
    stack.defer(onLedgerChange(onChange));
    return stack;
  };
  return new LiveRows(overviewRows(figures, open, parts.onFailure));
}

function connectedProxies({ store: { view }, facts: { node }, followed }: StatusParts) {
  const ids = followed();
  const isStranger = (id: string): boolean =>
    view.get(instances, instanceKey(node, id))?.service.proxy === undefined;
  return { count: ids.length, strangers: ids.filter(isStranger).length };
}

function countIntentions({ view }: Pick<Store, 'view'>): number {
  return view
    .by(configEntries, 'kind', 'service-intentions')
    .reduce(
      (sum, entry) => sum + (entry.kind === 'service-intentions' ? entry.sources.length : 0),
      0,
    );
}

/** What of the figures stays while the agent runs. */
export function agentFacts(
  { name: node }: { readonly name: string },
  { datacenter, defaultIntentionPolicy: defaultAction }: AgentConfig,
  { trustDomain }: Pick<Authority, 'trustDomain'>,
  { version, startedAt }: Pick<AgentFacts, 'version' | 'startedAt'>,
): AgentFacts {
  return { node, datacenter, trustDomain, version, startedAt, defaultAction };
}
