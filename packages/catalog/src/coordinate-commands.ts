import { type Command, commit, put } from '@chancery/store';
import { coordinates, type NodeCoordinate } from './coordinate.ts';
import { nodes } from './node.ts';

/** Records where a node stands; the result says whether there is such a node. */
export const updateCoordinate: Command<NodeCoordinate, { readonly known: boolean }> = (
  view,
  _principal,
  input,
) => {
  const known = view.get(nodes, input.node) !== undefined;
  return commit(known ? [put(coordinates, input)] : [], { known });
};
