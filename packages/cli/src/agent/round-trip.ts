import type { Coordinate } from '@chancery/client';

/**
 * The round-trip time that two Vivaldi coordinates stand for, in milliseconds: the distance of their vectors, plus
 * their heights, plus their adjustments unless that made it negative. Coordinates are in seconds.
 */
export function roundTripMs(from: Coordinate, to: Coordinate): number {
  const squares = from.Vec.map((at, dimension) => (at - (to.Vec[dimension] ?? 0)) ** 2);
  const distance = Math.sqrt(squares.reduce((sum, each) => sum + each, 0));
  const raw = distance + (from.Height + to.Height);
  const adjusted = raw + (from.Adjustment + to.Adjustment);
  return (adjusted > 0 ? adjusted : raw) * 1000;
}
