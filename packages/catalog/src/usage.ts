import type { CheckStatus, Service } from '@chancery/model';
import { defineQuery, type Query } from '@chancery/store';
import { checkStatuses, checks } from './check.ts';
import { stateOf } from './check-state.ts';
import { instances } from './instance.ts';
import { nodes } from './node.ts';

/** The kinds of instances that make a mesh, as Consul counts them. */
export const meshKinds = [
  'api-gateway',
  'connect-native',
  'connect-proxy',
  'ingress-gateway',
  'mesh-gateway',
  'terminating-gateway',
] as const;

/** A kind of instance that belongs to the mesh. */
export type MeshKind = (typeof meshKinds)[number];

/** How much there is in the catalog. */
export interface CatalogUsage {
  readonly nodes: number;
  /** Names. */
  readonly services: number;
  readonly instances: number;
  readonly meshInstances: Readonly<Record<MeshKind, number>>;
  /** Instances that do something themselves: neither proxies nor gateways, nor Consul's own servers. */
  readonly workloads: number;
}

/** How much there is in the catalog; the same object while the numbers are the same. */
export const catalogUsage: Query<'', CatalogUsage> = defineQuery<'', CatalogUsage>({
  name: 'catalog.usage',
  evaluate: (view) => {
    const services = view.all(instances).map(({ service }) => service);
    return {
      nodes: view.all(nodes).length,
      services: new Set(services.map(({ name }) => name)).size,
      instances: services.length,
      meshInstances: byMeshKind(services),
      workloads: services.filter(({ kind, name }) => kind === 'typical' && name !== 'consul')
        .length,
    };
  },
  equal: sameNumbers,
});

/** How many checks have which verdict; the same object while the numbers are the same. */
export const checkTotals: Query<'', Readonly<Record<CheckStatus, number>>> = defineQuery<
  '',
  Readonly<Record<CheckStatus, number>>
>({
  name: 'catalog.checkTotals',
  evaluate: (view) => {
    const totals = { passing: 0, warning: 0, critical: 0 };
    // Whole tables, not row by row: what a result has read is remembered.
    const reported = new Map(view.all(checkStatuses).map((row) => [checkStatuses.key(row), row]));
    for (const check of view.all(checks)) {
      const { status } =
        check.probe.kind === 'alias'
          ? stateOf(view, check)
          : (reported.get(checks.key(check)) ?? { status: check.initialStatus });
      totals[status] += 1;
    }
    return totals;
  },
  equal: sameNumbers,
});

function byMeshKind(services: readonly Service[]): Readonly<Record<MeshKind, number>> {
  const found = Map.groupBy(services, ({ kind, connectNative }): string =>
    connectNative ? 'connect-native' : kind,
  );
  const counted = meshKinds.map((kind) => [kind, found.get(kind)?.length ?? 0] as const);
  return Object.fromEntries(counted) as Record<MeshKind, number>;
}

function sameNumbers(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
