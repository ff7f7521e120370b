import { defineTable, type Table } from '@chancery/store';

/**
 * Where a node stands in a map of the network (Vivaldi): nodes are as far apart as their places. Times
 * are seconds, as in Consul's API.
 */
export interface Coordinate {
  /** Eight numbers. */
  readonly vec: readonly number[];
  /** How sure the place is: 1.5 says nothing is known yet. */
  readonly error: number;
  readonly adjustment: number;
  /** What every way from here takes in addition. */
  readonly height: number;
}

/** A node and its place. */
export interface NodeCoordinate {
  readonly node: string;
  readonly coordinate: Coordinate;
}

/** How many numbers a place has, in Consul. */
export const dimensions = 8;

/** Where a node stands that has measured nothing: an agent alone in its datacenter stays there. */
export const origin: Coordinate = {
  vec: Array.from({ length: dimensions }, () => 0),
  error: 1.5,
  adjustment: 0,
  height: 0.00001,
};

/** The places by node name: measured, so without a history. */
export const coordinates: Table<NodeCoordinate> = defineTable<NodeCoordinate>({
  name: 'coordinates',
  kind: 'observed',
  key: ({ node }) => node,
});

/** How long a packet takes from one place to another and back, in seconds. */
export function roundTripSeconds(a: Coordinate, b: Coordinate): number {
  const squares = a.vec.map((value, at) => (value - (b.vec[at] ?? 0)) ** 2);
  const measured = Math.sqrt(squares.reduce((sum, square) => sum + square, 0));
  const raw = measured + (a.height + b.height);
  const adjusted = raw + (a.adjustment + b.adjustment);
  return adjusted > 0 ? adjusted : raw;
}
