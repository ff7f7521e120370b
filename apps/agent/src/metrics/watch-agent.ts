import type { PublicRoots } from '@chancery/http-api';
import type { Query, Store } from '@chancery/store';
import type { Leafs } from '../authority/leafs.ts';
import type { SyncFigures } from '../proxies/sync-figures.ts';
import type { AgentMetrics } from './agent-metrics.ts';
import { certificateFigures } from './certificate-figures.ts';
import { proxyFigures } from './proxy-figures.ts';
import { stateFigures } from './state-figures.ts';

/** The parts of an agent that have figures. */
export interface WatchedParts {
  readonly store: Store;
  readonly datacenter: string;
  readonly leafs: Leafs;
  readonly roots: Query<'', PublicRoots>;
  readonly xdsFigures: () => Readonly<Record<string, number>>;
  readonly syncFigures: () => SyncFigures;
  readonly now: () => number;
}

/** Shows the figures of the agent's parts among its metrics. */
export function watchAgent(
  metrics: AgentMetrics,
  { store, datacenter, leafs, roots, xdsFigures, syncFigures, now }: WatchedParts,
): void {
  const rootEnds = (): number => {
    const { value } = store.read(roots, '');
    return value.roots.find(({ active }) => active)?.notAfter ?? 0;
  };
  metrics.watch([
    ...stateFigures(store, datacenter),
    ...proxyFigures(xdsFigures, syncFigures),
    ...certificateFigures({ rootEnds, leafs: () => leafs.counters, now }),
  ]);
}
