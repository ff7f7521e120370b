import { nearestFirst, nodeNamed } from '@chancery/catalog';
import { defineQuery, type Query } from '@chancery/store';
import type { HttpApiDependencies } from '../dependencies.ts';
import { type ApiRequest, type Listing, listing, type Reading } from '../route.ts';
import { hasNodeMeta } from './narrowing.ts';

/** A query for rows that are each of a node. */
export interface ByNode<Arg extends string, Row> {
  readonly plain: Query<Arg, readonly Row[]>;
  /** The same rows without those whose node lacks what is asked of it, the nearest first; by a `Placing`. */
  readonly placed: Query<string, readonly Row[]>;
}

interface Placing<Arg> {
  readonly arg: Arg;
  /** The name of a node, or empty. */
  readonly near: string;
  readonly nodeMeta: readonly string[];
}

/** Declares a query whose rows `?near=` puts in order and `?node-meta=` thins out. */
export function byNode<Arg extends string, Row>(
  plain: Query<Arg, readonly Row[]>,
  nodeOf: (row: Row) => string,
): ByNode<Arg, Row> {
  const placed: Query<string, readonly Row[]> = defineQuery<string, readonly Row[]>({
    name: `${plain.name}, placed`,
    evaluate: (view, text) => {
      const { arg, near, nodeMeta } = JSON.parse(text) as Placing<Arg>;
      const fits = (row: Row): boolean => {
        const on = view.query(nodeNamed, nodeOf(row));
        return on !== undefined && hasNodeMeta(on.node.meta, nodeMeta);
      };
      const rows = view.query(plain, arg);
      return nearestFirst(view, near, nodeMeta.length > 0 ? rows.filter(fits) : rows, nodeOf);
    },
  });
  return { plain, placed };
}

/** A listing of rows, of the nodes and in the order that the request asks for. */
export function listingByNode<Arg extends string, Row, R extends object>(
  { plain, placed }: ByNode<Arg, Row>,
  arg: Arg,
  [{ query }, { node }]: readonly [ApiRequest, HttpApiDependencies],
  list: Listing<readonly Row[], R>,
): Reading {
  const asked = query.get('near') ?? '';
  const near = asked === '_agent' ? node.name : asked;
  const nodeMeta = query.getAll('node-meta');
  if (near === '' && nodeMeta.length === 0) return listing(plain, arg, list);
  const placing: Placing<Arg> = { arg, near, nodeMeta };
  return listing(placed, JSON.stringify(placing), list);
}
