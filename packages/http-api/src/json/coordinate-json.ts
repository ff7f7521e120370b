import type { Coordinate, NodeCoordinate } from '@chancery/catalog';

/** A node's place as `/v1/coordinate` shows it. There is one network segment here. */
export function coordinateEntry({ node, coordinate }: NodeCoordinate): object {
  return { Node: node, Segment: '', Coord: place(coordinate) };
}

/** A place in the map of the network. */
export function place({ vec, error, adjustment, height }: Coordinate): object {
  return { Vec: vec, Error: error, Adjustment: adjustment, Height: height };
}
