import type { TimeToLive } from '@chancery/config-entries';
import { parseDuration } from '@chancery/model';
import { failure, type Reply } from '../reply.ts';

const shortestMs = 1000;
const longestMs = 366 * 24 * 3_600_000;

/** Reads `?ttl=`: how long an intention is to hold; for good where it is not given. */
export function timeToLive(query: URLSearchParams): { readonly ttl?: TimeToLive } | Reply {
  const text = query.get('ttl');
  if (text === null) return {};
  const ms = parseDuration(text);
  const problem = ms === undefined ? NO_DURATION : outside(ms);
  if (ms !== undefined && problem === undefined) return { ttl: { ms, text } };
  return failure(400, `ttl: ${JSON.stringify(text)} ${problem}`);
}

const NO_DURATION = 'is no duration; give a number with a unit, such as 90s, 30m or 8h';

function outside(ms: number): string | undefined {
  if (ms < shortestMs) return 'is too short; give 1s or more, such as 30m';
  if (ms <= longestMs) return undefined;
  return 'is more than a year; write the intention without a ttl, and delete it when it is over';
}
