import { type Instance, instances } from '@chancery/catalog';
import { defineQuery, type Query } from '@chancery/store';

/** The sidecars that are registered, by their IDs. Two nodes may use the same ID: the one of the node that is asked for counts. */
export const sidecars: Query<string, ReadonlyMap<string, Instance>> = defineQuery<
  string,
  ReadonlyMap<string, Instance>
>({
  name: 'agent.sidecars',
  evaluate: (view, node) => {
    const all = view.all(instances).filter(({ service }) => service.proxy !== undefined);
    const own = all.filter((instance) => instance.node === node);
    return new Map([...all, ...own].map((instance) => [instance.service.id, instance]));
  },
});

/** The IDs of sidecars by the names that they and the services behind them have. */
export const sidecarsByName: Query<string, ReadonlyMap<string, ReadonlySet<string>>> = defineQuery<
  string,
  ReadonlyMap<string, ReadonlySet<string>>
>({
  name: 'agent.sidecarsByName',
  evaluate: (view, node) => {
    const ids = new Map<string, Set<string>>();
    for (const [id, { service }] of view.query(sidecars, node)) {
      for (const name of [service.name, service.proxy?.destinationServiceName ?? '']) {
        ids.set(name, (ids.get(name) ?? new Set()).add(id));
      }
    }
    return ids;
  },
});
