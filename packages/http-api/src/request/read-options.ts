import { parseDuration } from '@chancery/model';
import { failure, type Reply } from '../reply.ts';

/** How a client wants a read to be made. */
export interface ReadOptions {
  /** Wait for an index above this one; 0 waits for nothing. */
  readonly index: number;
  readonly waitMs: number;
  readonly consistency: 'leader' | 'consistent' | 'stale';
  readonly cached: boolean;
}

const defaultWaitMs = 5 * 60_000;
const maxWaitMs = 10 * 60_000;

/** Reads the parameters that every read has, or says which makes no sense. */
export function readOptions(query: URLSearchParams): ReadOptions | Reply {
  const index = wholeNumber(query.get('index') ?? '');
  if (index === undefined) return failure(400, 'Invalid index');
  const waitMs = waitTime(query.get('wait') ?? '');
  if (waitMs === undefined) return failure(400, 'Invalid wait time');
  if (query.has('stale') && query.has('consistent')) {
    return failure(400, 'Cannot specify ?stale with ?consistent, conflicting semantics.');
  }
  if (query.has('cached') && query.has('consistent')) {
    return failure(400, 'Cannot specify ?cached with ?consistent, conflicting semantics.');
  }
  const consistency = query.has('consistent')
    ? 'consistent'
    : query.has('stale')
      ? 'stale'
      : 'leader';
  return { index, waitMs, consistency, cached: query.has('cached') };
}

/** What asks for something that is not there: another datacenter, a tenant, a filter expression. */
export function outOfScope(
  path: string,
  query: URLSearchParams,
  datacenter: string,
): Reply | undefined {
  const asked = query.get('dc') ?? query.get('datacenter') ?? '';
  if (asked !== '' && asked !== datacenter && !path.startsWith('/v1/agent/')) {
    return failure(500, 'No path to datacenter');
  }
  for (const name of ['ns', 'partition']) {
    const tenant = query.get(name) ?? '';
    if (tenant !== '' && tenant !== 'default') {
      return failure(
        400,
        `Invalid query parameter: "${name}" is "${tenant}"; only "default" exists here`,
      );
    }
  }
  if ((query.get('filter') ?? '') === '') return undefined;
  return failure(
    400,
    'Filter expressions are not supported: leave ?filter= away and filter the answer',
  );
}

function wholeNumber(text: string): number | undefined {
  if (text === '') return 0;
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** How long to wait, in milliseconds, within bounds; undefined for what is no time. */
export function waitTime(text: string): number | undefined {
  if (text === '') return defaultWaitMs;
  const ms = parseDuration(text);
  if (ms === undefined || ms < 0) return undefined;
  return ms === 0 ? defaultWaitMs : Math.min(ms, maxWaitMs);
}
