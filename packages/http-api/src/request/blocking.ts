import { createHash } from 'node:crypto';
import type { Query, Store } from '@chancery/store';
import type { HttpApiDependencies } from '../dependencies.ts';
import { failure, type Reply } from '../reply.ts';
import { type ApiRequest, isReply, type Reading, type Route } from '../route.ts';
import { type ReadOptions, readOptions, waitTime } from './read-options.ts';

type IndexRoute = Extract<Route, { blocking: 'index' }>;
type HashRoute = Extract<Route, { blocking: 'hash' }>;

/** Answers a read that waits for a larger index where the client gave one. */
export async function answerByIndex(
  api: HttpApiDependencies,
  route: IndexRoute,
  request: ApiRequest,
): Promise<Reply> {
  const options = readOptions(request.query);
  if ('kind' in options) return options;
  const asked = route.read(api, request);
  if (isReply(asked)) return asked;
  const { reply, index } = await asked.with(async (query, arg, show) => {
    const read = await readOrWait(api.store, query, arg, options, request.gone);
    return { reply: show(read.value), index: read.index };
  });
  return { ...reply, headers: { ...readHeaders(route, options, index), ...reply.headers } };
}

function readOrWait<Arg extends string, T>(
  store: Store,
  query: Query<Arg, T>,
  arg: Arg,
  { index, waitMs }: ReadOptions,
  gone: AbortSignal,
) {
  if (index === 0) return store.read(query, arg);
  return store.wait(query, arg, index, waitSignal(waitMs, gone));
}

/** Ends a wait with its time, or when the client is gone. A little more than was asked for, so that many clients do not come back at once. */
export function waitSignal(waitMs: number, gone: AbortSignal): AbortSignal {
  const jitterMs = Math.random() * (waitMs / 16);
  return AbortSignal.any([gone, AbortSignal.timeout(Math.ceil(waitMs + jitterMs))]);
}

/** The headers of a read of the state. */
export function readHeaders(
  route: { readonly saysConsistency?: boolean; readonly cached?: 'always' | 'when asked' },
  options: ReadOptions,
  index: number,
): Readonly<Record<string, string>> {
  const cached = route.cached === 'always' || (route.cached === 'when asked' && options.cached);
  return {
    'X-Consul-Index': String(Math.max(1, index)),
    'X-Consul-KnownLeader': 'true',
    'X-Consul-LastContact': '0',
    'X-Consul-Query-Backend': 'blocking-query',
    ...(route.saysConsistency && { 'X-Consul-Effective-Consistency': options.consistency }),
    ...(cached && { 'X-Cache': 'HIT', Age: '0' }),
  };
}

/** Answers a read that waits until its content has another hash than the client's. */
export async function answerByHash(
  api: HttpApiDependencies,
  route: HashRoute,
  request: ApiRequest,
): Promise<Reply> {
  const waitMs = waitTime(request.query.get('wait') ?? '');
  if (waitMs === undefined) return failure(400, 'Invalid wait time');
  const asked = route.read(api, request);
  if (isReply(asked)) return asked;
  return await otherThan(api.store, asked, request, waitMs);
}

function otherThan(
  store: Store,
  asked: Reading,
  { query: parameters, gone }: ApiRequest,
  waitMs: number,
): Promise<Reply> {
  const hash = parameters.get('hash') ?? '';
  return asked.with(async (query, arg, show) => {
    let read = store.read(query, arg);
    let reply = hashed(show(read.value));
    if (hash === '') return reply;
    const signal = waitSignal(waitMs, gone);
    while (reply.headers?.['X-Consul-ContentHash'] === hash && !signal.aborted) {
      read = await store.wait(query, arg, read.index, signal);
      reply = hashed(show(read.value));
    }
    return reply;
  });
}

/** Adds the hash of the content, in a header and beside it. Errors have none. */
function hashed(reply: Reply): Reply {
  if (reply.kind !== 'json') return reply;
  const text = JSON.stringify(reply.value);
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  const value = { ...(reply.value as object), ContentHash: hash };
  return { ...reply, value, headers: { ...reply.headers, 'X-Consul-ContentHash': hash } };
}
