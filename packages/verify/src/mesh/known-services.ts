import { instances } from '@chancery/catalog';
import { configEntries } from '@chancery/config-entries';
import type { ConfigEntryKind } from '@chancery/model';
import { defineQuery, type Query } from '@chancery/store';

/** The entries that say of a service that it is one. Intentions do not: what is misspelt in them is to be found. */
const declaring: readonly ConfigEntryKind[] = [
  'service-defaults',
  'service-resolver',
  'service-router',
  'service-splitter',
];

/**
 * The names of the services that exist, in order: those that have an instance other than a sidecar, those that a
 * sidecar stands for, and those that a config entry declares.
 */
export const knownServices: Query<'', readonly string[]> = defineQuery<'', readonly string[]>({
  name: 'verify.knownServices',
  evaluate: (view) => {
    const names = new Set<string>();
    for (const { service } of view.all(instances)) {
      names.add(service.proxy?.destinationServiceName ?? service.name);
    }
    for (const kind of declaring) {
      for (const { name } of view.by(configEntries, 'kind', kind)) names.add(name);
    }
    return [...names].sort();
  },
  equal: (before, after) =>
    before.length === after.length && before.every((name, at) => name === after[at]),
});
