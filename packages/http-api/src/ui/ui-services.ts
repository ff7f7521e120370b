import { type HealthRow, healthInstances, serviceNames } from '@chancery/catalog';
import { serviceKey, serviceRef } from '@chancery/identity';
import { defineQuery, type Query } from '@chancery/store';
import type { HttpApiDependencies } from '../dependencies.ts';
import { healthEntryShape } from '../json/health-entry-shape.ts';
import { listing, type Reading, type Route } from '../route.ts';
import { HealthEntry } from './health-entry.ts';
import { serviceSummary, summaryJson } from './service-summary.ts';

/** The services of the datacenter, each in one line. */
export const uiServiceRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/internal/ui/services',
    right: 'service:read',
    blocking: 'index',
    read: ({ datacenter }: HttpApiDependencies): Reading =>
      listing(everyHealthRow, '', {
        records: (rows) => rows.map((row) => new HealthEntry(row)),
        shape: healthEntryShape,
        shown: (left) =>
          summaries(
            left.map(({ row }) => row),
            datacenter,
          ),
      }),
  },
];

/** Every instance with its checks. */
const everyHealthRow: Query<'', readonly HealthRow[]> = defineQuery<'', readonly HealthRow[]>({
  name: 'httpApi.everyHealthRow',
  evaluate: (view) =>
    view
      .query(serviceNames, '')
      .flatMap(({ name }) => view.query(healthInstances, serviceKey(serviceRef(name)))),
});

/** A name is listed when an instance has it, and when a proxy stands before it. */
function summaries(rows: readonly HealthRow[], datacenter: string): readonly object[] {
  const byName = Map.groupBy(rows, ({ instance }) => instance.service.name);
  const byDestination = Map.groupBy(
    rows.filter(({ instance }) => instance.service.proxy !== undefined),
    ({ instance }) => instance.service.proxy?.destinationServiceName ?? '',
  );
  const names = [...new Set([...byName.keys(), ...byDestination.keys()])].sort();
  return names.map((name) => {
    const parts = {
      name,
      instances: byName.get(name) ?? [],
      proxies: byDestination.get(name) ?? [],
    };
    const summary = serviceSummary(parts);
    return {
      ...summaryJson(summary, datacenter),
      ConnectedWithProxy: summary.hasProxy,
      ConnectedWithGateway: false,
    };
  });
}
