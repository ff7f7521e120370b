import { defineQuery, type Query, type View } from '@chancery/store';
import { coordinates, type NodeCoordinate, roundTripSeconds } from './coordinate.ts';

/** Every place that is known, by node. */
export const coordinateList: Query<'', readonly NodeCoordinate[]> = defineQuery<
  '',
  readonly NodeCoordinate[]
>({ name: 'catalog.coordinateList', evaluate: (view) => view.all(coordinates) });

/** The place of one node, if it is known. */
export const coordinateOf: Query<string, NodeCoordinate | undefined> = defineQuery<
  string,
  NodeCoordinate | undefined
>({ name: 'catalog.coordinateOf', evaluate: (view, node) => view.get(coordinates, node) });

/**
 * The rows with those first that are nearest to a node, for `?near=`. What stands nobody knows where
 * comes last; rows that are equally far keep their order. Nothing is moved when the node itself has no
 * place. For use within a query: the places it reads count as read.
 */
export function nearestFirst<Row>(
  view: View,
  near: string,
  rows: readonly Row[],
  nodeOf: (row: Row) => string,
): readonly Row[] {
  const here = view.get(coordinates, near)?.coordinate;
  if (here === undefined) return rows;
  const far = new Map<string, number>();
  for (const row of rows) {
    const node = nodeOf(row);
    if (far.has(node)) continue;
    const there = view.get(coordinates, node)?.coordinate;
    far.set(node, there === undefined ? Number.POSITIVE_INFINITY : roundTripSeconds(here, there));
  }
  const of = (row: Row): number => far.get(nodeOf(row)) ?? Number.POSITIVE_INFINITY;
  return rows.toSorted((a, b) => (of(a) === of(b) ? 0 : of(a) - of(b)));
}
