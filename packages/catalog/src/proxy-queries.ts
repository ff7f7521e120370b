import { defineQuery, type Query } from '@chancery/store';
import { instances } from './instance.ts';

/** The instance IDs of the sidecars on a node, by its name, in order. The same array until one comes or goes. */
export const proxiesOnNode: Query<string, readonly string[]> = defineQuery<
  string,
  readonly string[]
>({
  name: 'catalog.proxiesOnNode',
  evaluate: (view, node) => view.by(instances, 'proxies', node).map(({ service }) => service.id),
  equal: (a, b) => a.length === b.length && a.every((id, at) => id === b[at]),
});
