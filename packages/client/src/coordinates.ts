import type { Connection } from './connection.ts';
import { type ReadOptions, read } from './read.ts';

/** A place in the space that round-trip times span: seconds apart. */
export interface Coordinate {
  readonly Vec: readonly number[];
  readonly Error: number;
  readonly Adjustment: number;
  readonly Height: number;
}

/** Where a node stands. */
export interface NodeCoordinate {
  readonly Node: string;
  readonly Segment: string;
  readonly Coord: Coordinate;
}

/** Where the servers of a datacenter stand, seen from the other datacenters. */
export interface DatacenterCoordinates {
  readonly Datacenter: string;
  readonly AreaID: string;
  readonly Coordinates: readonly NodeCoordinate[];
}

/** The routes under `/v1/coordinate`. */
export interface CoordinatesClient {
  nodes(options?: ReadOptions): Promise<readonly NodeCoordinate[]>;
  datacenters(): Promise<readonly DatacenterCoordinates[]>;
}

/** The coordinate routes over a connection. */
export function coordinatesClient(connection: Connection): CoordinatesClient {
  const value = async <T>(path: string, options?: ReadOptions): Promise<T> =>
    (await read<T>(connection, `/v1/coordinate/${path}`, options)).value;
  return {
    nodes: (options) => value('nodes', options),
    datacenters: () => value('datacenters'),
  };
}
