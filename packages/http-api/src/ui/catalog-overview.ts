import {
  type CheckRow,
  checksInState,
  checksOfInstance,
  healthInstances,
  nodeList,
  serviceNames,
  subjectKey,
} from '@chancery/catalog';
import { serviceKey, serviceRef } from '@chancery/identity';
import type { CheckStatus } from '@chancery/model';
import { defineQuery, type Query, type View } from '@chancery/store';
import { json } from '../reply.ts';
import type { Route } from '../route.ts';

/** How the datacenter is, in numbers. */
export const catalogOverviewRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/internal/ui/catalog-overview',
    right: 'operator:read',
    blocking: 'none',
    answer: ({ store }) => json(store.read(overview, '').value),
  },
];

const overview: Query<'', object> = defineQuery<'', object>({
  name: 'httpApi.catalogOverview',
  evaluate: (view) => ({
    Nodes: [nodeTotals(view)],
    Services: view.query(serviceNames, '').map(({ name }) => serviceTotals(view, name)),
    Checks: checksByName(view.query(checksInState, 'any')),
  }),
});

function nodeTotals(view: View): object {
  const nodes = view.query(nodeList, '');
  return totals(
    nodes.map(({ node }) => worst(view.query(checksOfInstance, subjectKey(node.node, '')))),
  );
}

/** An instance is as well as its own checks are; what its node's say is counted with the node. */
function serviceTotals(view: View, name: string): object {
  const rows = view.query(healthInstances, serviceKey(serviceRef(name)));
  const own = rows.map(({ checks }) => worst(checks.filter(({ check }) => check.serviceId !== '')));
  return { Name: name, ...totals(own) };
}

function checksByName(rows: readonly CheckRow[]): readonly object[] {
  const byName = Map.groupBy(rows, ({ check }) => check.name);
  return [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, of]) => ({ Name: name, ...totals(of.map(({ state }) => state.status)) }));
}

function worst(rows: readonly CheckRow[]): CheckStatus {
  const found = new Set(rows.map(({ state }) => state.status));
  if (found.has('critical')) return 'critical';
  return found.has('warning') ? 'warning' : 'passing';
}

function totals(statuses: readonly CheckStatus[]): object {
  const of = (wanted: CheckStatus) => statuses.filter((status) => status === wanted).length;
  return {
    Total: statuses.length,
    Passing: of('passing'),
    Warning: of('warning'),
    Critical: of('critical'),
  };
}
