import { type CatalogUsage, catalogUsage, checkTotals } from '@chancery/catalog';
import { configEntries } from '@chancery/config-entries';
import { configEntryKinds } from '@chancery/model';
import type { Store, StoreCounters } from '@chancery/store';
import type { Figure, Labels, Reading } from './figure.ts';

/** What is in the state, and what the store does. */
export function stateFigures(store: Store, datacenter: string): readonly Figure[] {
  return [...catalogFigures(store, datacenter), ...storeFigures(store)];
}

function catalogFigures(store: Store, datacenter: string): readonly Figure[] {
  const usage = (): CatalogUsage => store.read(catalogUsage, '').value;
  const total = (name: string, help: string, read: (usage: CatalogUsage) => number): Figure => ({
    kind: 'gauge',
    name,
    help,
    labels: ['datacenter'],
    read: () => [{ labels: { datacenter }, value: read(usage()) }],
  });
  return [
    total('consul.state.nodes', 'Nodes in the catalog.', ({ nodes }) => nodes),
    total('consul.state.services', 'Names of services.', ({ services }) => services),
    total(
      'consul.state.service_instances',
      'Instances of services.',
      (counted) => counted.instances,
    ),
    total(
      'consul.state.billable_service_instances',
      'Instances that are neither proxies nor gateways.',
      ({ workloads }) => workloads,
    ),
    {
      kind: 'gauge',
      name: 'consul.state.connect_instances',
      help: 'Instances that belong to the mesh, by kind.',
      labels: ['datacenter', 'kind'],
      read: () => labelled(usage().meshInstances, (kind) => ({ datacenter, kind })),
    },
    {
      kind: 'gauge',
      name: 'consul.state.config_entries',
      help: 'Config entries by kind.',
      labels: ['datacenter', 'kind'],
      read: () => labelled(entriesByKind(store), (kind) => ({ datacenter, kind })),
    },
    {
      kind: 'gauge',
      name: 'chancery.catalog.checks',
      help: 'Health checks by what they last found.',
      labels: ['status'],
      read: () => labelled(store.read(checkTotals, '').value, (status) => ({ status })),
    },
  ];
}

function labelled(
  numbers: Readonly<Record<string, number>>,
  labels: (key: string) => Labels,
): readonly Reading[] {
  return Object.entries(numbers).map(([key, value]) => ({ labels: labels(key), value }));
}

function entriesByKind({ view }: Store): Readonly<Record<string, number>> {
  const none = Object.fromEntries(configEntryKinds.map((kind) => [kind, 0]));
  const found = Map.groupBy(view.all(configEntries), ({ kind }) => kind);
  return { ...none, ...Object.fromEntries([...found].map(([kind, of]) => [kind, of.length])) };
}

function storeFigures(store: Store): readonly Figure[] {
  const atStart = store.view.revision;
  const revision = (): number => store.view.revision;
  const count = (of: keyof StoreCounters) => (): number => store.counters[of];
  return [
    gauge('consul.raft.applied_index', 'Revision of the state that is read.', revision),
    gauge('consul.raft.last_index', 'Revision of the state that is read.', revision),
    gauge('consul.rpc.queries_blocking', 'Blocking queries that wait.', count('waits')),
    gauge('chancery.store.queued_commits', 'Commits that are not durable yet.', count('queued')),
    gauge('chancery.store.watchers', 'Watches of the state, and waits.', count('watchers')),
    gauge('chancery.store.results', 'Results of queries that are kept.', count('results')),
    counter(
      'chancery.store.commits',
      'Commits that changed the state.',
      () => revision() - atStart,
    ),
    counter('chancery.store.evaluations', 'Queries that were evaluated.', count('evaluations')),
  ];
}

function gauge(name: string, help: string, read: () => number): Figure {
  return { kind: 'gauge', name, help, read };
}

function counter(name: string, help: string, read: () => number): Figure {
  return { kind: 'counter', name, help, read };
}
