import type { IncomingHttpHeaders } from 'node:http';
import { parseDuration, type QueryWaits } from '@chancery/model';
import { failure, type Reply } from '../reply.ts';
import { type Place, takesReadOptions } from './scope.ts';

/** How a client wants a read to be made. */
export interface ReadOptions {
  /** Wait for an index above this one; 0 waits for nothing. */
  readonly index: number;
  /** In milliseconds, within bounds. */
  readonly waitMs: number;
  readonly consistency: 'leader' | 'consistent' | 'stale';
  readonly cached: boolean;
}

const standardWaits: QueryWaits = { defaultMs: 5 * 60_000, maxMs: 10 * 60_000 };

/** A read by a client that says nothing about it. */
export const standardRead: ReadOptions = {
  index: 0,
  waitMs: standardWaits.defaultMs,
  consistency: 'leader',
  cached: false,
};

/** Reads the parameters that every read has, or says which makes no sense. */
export function readOptions(
  query: URLSearchParams,
  waits: QueryWaits = standardWaits,
): ReadOptions | Reply {
  const index = wholeNumber(query.get('index') ?? '');
  if (index === undefined) return failure(400, 'Invalid index');
  const waitMs = waitTime(query.get('wait') ?? '', waits);
  if (waitMs === undefined) return failure(400, 'Invalid wait time');
  const consistency = consistencyOf(query);
  if (typeof consistency !== 'string') return consistency;
  return { index, waitMs, consistency, cached: query.has('cached') };
}

function consistencyOf(query: URLSearchParams): ReadOptions['consistency'] | Reply {
  const maxStale = query.get('max_stale') ?? '';
  const maxStaleMs = maxStale === '' ? 0 : parseDuration(maxStale);
  if (maxStaleMs === undefined) return failure(400, `Invalid max_stale value "${maxStale}"`);
  const stale = query.has('stale') || maxStaleMs > 0;
  if (!query.has('consistent')) return stale ? 'stale' : 'leader';
  if (stale) return conflicting('stale');
  return query.has('cached') ? conflicting('cached') : 'consistent';
}

function conflicting(name: string): Reply {
  return failure(400, `Cannot specify ?${name} with ?consistent, conflicting semantics.`);
}

function wholeNumber(text: string): number | undefined {
  if (text === '') return 0;
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function waitTime(text: string, { defaultMs, maxMs }: QueryWaits): number | undefined {
  if (text === '') return Math.min(defaultMs, maxMs);
  const ms = parseDuration(text);
  if (ms === undefined || ms < 0) return undefined;
  return Math.min(ms === 0 ? defaultMs : ms, maxMs);
}

/** Whether a read comes with ages that are no seconds. What is answered is never old, so nothing else of the header matters. */
export function hasWrongCacheControl(route: Place, headers: IncomingHttpHeaders): boolean {
  const header = headers['cache-control'];
  if (header === undefined || !takesReadOptions(route)) return false;
  return header.split(',').some(isWrongAge);
}

function isWrongAge(directive: string): boolean {
  const [name = '', age] = directive.trim().split('=', 2);
  if (age === undefined || !['max-age', 'stale-if-error'].includes(name.toLowerCase()))
    return false;
  return !/^[-+]?\d{1,18}$/.test(age);
}
