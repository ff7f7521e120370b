import { type Command, commit, type Operation, put, remove, type View } from '@chancery/store';
import { checkStatuses, checks } from './check.ts';
import { coordinates } from './coordinate.ts';
import { instances } from './instance.ts';
import { checkKey } from './keys.ts';
import { type Node, nodes } from './node.ts';
import { portSearches } from './sidecar-port.ts';

/**
 * Registers a node. Without an ID it keeps the one it has; with the ID of a node of another name it
 * is that node renamed, and takes over what is on it.
 */
export const registerNode: Command<Node, { before?: Node }> = (view, _principal, input) => {
  const before = view.get(nodes, input.node);
  return commit(nodePut(view, input), before ? { before } : {});
};

/** Removes a node with all that is on it; removing what is not there is no change. */
export const deregisterNode: Command<{ node: string }, { removed?: Node }> = (
  view,
  _principal,
  { node },
) => {
  const removed = view.get(nodes, node);
  return commit(nodeRemoved(view, node), removed ? { removed } : {});
};

/** The operations that put a node. */
export function nodePut(view: View, input: Node): Operation[] {
  const id = input.id || (view.get(nodes, input.node)?.id ?? '');
  const namesakes = view.by(nodes, 'id', id).filter(({ node }) => node !== input.node);
  return [
    ...namesakes.flatMap(({ node }) => nodeMoved(view, node, input.node)),
    put(nodes, { ...input, id }),
  ];
}

/** The operations that remove a node with all that is on it. */
export function nodeRemoved(view: View, node: string): Operation[] {
  return [
    ...view.by(instances, 'node', node).map((row) => remove(instances, instances.key(row))),
    ...view.by(checks, 'node', node).flatMap((row) => {
      const key = checks.key(row);
      return [remove(checks, key), remove(checkStatuses, key)];
    }),
    remove(portSearches, node),
    remove(coordinates, node),
    remove(nodes, node),
  ];
}

function nodeMoved(view: View, from: string, to: string): Operation[] {
  return [
    ...nodeRemoved(view, from),
    ...view.by(instances, 'node', from).map((row) => put(instances, { ...row, node: to })),
    ...view.by(checks, 'node', from).flatMap((row) => {
      const status = view.get(checkStatuses, checkKey(from, row.checkId));
      const moved = put(checks, { ...row, node: to });
      return status ? [moved, put(checkStatuses, { ...status, node: to })] : [moved];
    }),
    ...placeMoved(view, from, to),
  ];
}

function placeMoved(view: View, from: string, to: string): Operation[] {
  const place = view.get(coordinates, from);
  return place ? [put(coordinates, { ...place, node: to })] : [];
}
