import { configEntryAt, configEntryKey } from '@chancery/config-entries';
import { defineQuery, type Query } from '@chancery/store';
import { plainServices } from './mesh-services.ts';

/** A service that other clusters may use, and which. */
export interface ExportedService {
  readonly service: string;
  readonly peers: readonly string[];
}

/** The services that are exported, by name; a wildcard stands for all that are no proxies. */
export const exportedServices: Query<'', readonly ExportedService[]> = defineQuery<
  '',
  readonly ExportedService[]
>({
  name: 'httpApi.exportedServices',
  evaluate: (view) => {
    const entry = view.query(configEntryAt, configEntryKey('exported-services', 'default'))?.entry;
    if (entry?.kind !== 'exported-services') return [];
    const exported = entry.services.flatMap(({ name, consumers }) =>
      (name === '*' ? view.query(plainServices, '') : [name]).map((service) => ({
        service,
        peers: consumers.flatMap(({ peer }) => peer ?? []),
      })),
    );
    const byName = Map.groupBy(exported, ({ service }) => service);
    return [...byName]
      .map(([service, all]) => ({ service, peers: distinct(all.flatMap(({ peers }) => peers)) }))
      .sort((a, b) => (a.service < b.service ? -1 : 1));
  },
});

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}

/** An exported service as `/v1/exported-services` shows it. */
export function exportedService({ service, peers }: ExportedService): object {
  return { Service: service, Consumers: peers.length === 0 ? {} : { Peers: peers } };
}
