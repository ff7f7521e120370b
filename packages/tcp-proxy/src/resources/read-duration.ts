import type { Duration } from '@bufbuild/protobuf/wkt';
import { type Reading, refuse } from './reading.ts';

/** The longest that a timer can wait: more than that is the same as never. */
const LONGEST_MS = 2 ** 31 - 1;

/** Reads a duration as whole milliseconds, rounded up so that a short one does not become none. */
export function readDuration(
  at: Reading,
  message: Duration | undefined,
  absentMs: number,
): number | undefined {
  if (message === undefined) return absentMs;
  const ms = Number(message.seconds) * 1000 + Math.ceil(message.nanos / 1e6);
  if (ms < 0) return refuse(at, 'must not be negative');
  return Math.min(ms, LONGEST_MS);
}
