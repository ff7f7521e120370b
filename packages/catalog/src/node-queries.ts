import { defineQuery, type Query } from '@chancery/store';
import {
  type CheckRow,
  checkRows,
  type InstanceRow,
  instanceRows,
  type NodeRow,
  nodeRow,
} from './catalog-rows.ts';
import { checks } from './check.ts';
import { instances } from './instance.ts';
import { nodes } from './node.ts';

/** Every node, by name. */
export const nodeList: Query<'', readonly NodeRow[]> = defineQuery<'', readonly NodeRow[]>({
  name: 'catalog.nodeList',
  evaluate: (view) =>
    view
      .all(nodes)
      .map(({ node }) => nodeRow(view, node))
      .filter((row) => row !== undefined),
});

/** One node by name. */
export const nodeNamed: Query<string, NodeRow | undefined> = defineQuery<
  string,
  NodeRow | undefined
>({ name: 'catalog.nodeNamed', evaluate: nodeRow });

/** The instances on a node, by its name. */
export const instancesOnNode: Query<string, readonly InstanceRow[]> = defineQuery<
  string,
  readonly InstanceRow[]
>({
  name: 'catalog.instancesOnNode',
  evaluate: (view, node) => instanceRows(view, view.by(instances, 'node', node)),
});

/** The checks of a node and of all that is on it, by its name. */
export const checksOnNode: Query<string, readonly CheckRow[]> = defineQuery<
  string,
  readonly CheckRow[]
>({
  name: 'catalog.checksOnNode',
  evaluate: (view, node) => checkRows(view, view.by(checks, 'node', node)),
});
