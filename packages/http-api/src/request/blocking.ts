import { createHash } from 'node:crypto';
import type { Query, Read } from '@chancery/store';
import type { HttpApiDependencies } from '../dependencies.ts';
import type { Reply, ReplyHeaders } from '../reply.ts';
import { isReply, type Route } from '../route.ts';
import type { Answer, Layout } from './answer.ts';
import { filteringOf } from './filtering.ts';
import { goOn } from './go-on.ts';
import type { IncomingRequest } from './incoming-request.ts';
import type { Pacing } from './pacing.ts';
import type { ReadOptions } from './read-options.ts';
import type { ShownResults } from './shown-results.ts';
import { Waiting } from './waiting.ts';

type IndexRoute = Extract<Route, { readonly blocking: 'index' }>;
type HashRoute = Extract<Route, { readonly blocking: 'hash' }>;

/** A request for a part of the state, and what it is answered from. */
export interface StateRequest {
  readonly api: HttpApiDependencies;
  readonly shown: ShownResults;
  readonly pacing: Pacing;
  readonly layout: Layout;
  readonly request: IncomingRequest;
}

/** The part of the state that is asked for, and the answer that shows it. */
interface Part<Arg extends string, T> {
  readonly query: Query<Arg, T>;
  readonly arg: Arg;
  readonly answer: (value: T) => Answer;
}

/** Answers a read that waits for a larger index where the client gave one. */
export function answerByIndex(asked: StateRequest, route: IndexRoute): Answer | Promise<Answer> {
  const { options } = asked.request;
  return answerRead(asked, route, unchanged, (part) =>
    goOn(readOrWait(asked, part), ({ value, index }) => ({
      ...asked.pacing.timed(asked.request.target.content, () => part.answer(value)),
      headers: readHeaders(route, options, index),
    })),
  );
}

/** Answers a read that waits until its content has another hash than the client's. */
export function answerByHash(asked: StateRequest, route: HashRoute): Answer | Promise<Answer> {
  const hash = asked.request.query.get('hash') ?? '';
  return answerRead(asked, route, withHash, (part) =>
    hash === ''
      ? part.answer(asked.api.store.read(part.query, part.arg).value)
      : otherThan(hash, asked, part),
  );
}

type Use = <Arg extends string, T>(part: Part<Arg, T>) => Answer | Promise<Answer>;

/** Calls back with what a route reads, unless it has its answer already or cannot be filtered as asked. */
function answerRead(
  { api, shown, layout, request }: StateRequest,
  route: IndexRoute | HashRoute,
  finished: (reply: Reply) => Reply,
  use: Use,
): Answer | Promise<Answer> {
  const reading = route.read(api, request);
  if (isReply(reading)) return { reply: reading };
  const { content } = request.target;
  return goOn(filteringOf(request.query, reading.shape), (filtering) => {
    if (!filtering.ok) return { reply: filtering.reply };
    return reading.with((query, arg, show) => {
      const answer = (value: Parameters<typeof show>[0]): Answer =>
        shown.of(value, content, layout, () =>
          finished(filtering.shown((matches) => show(value, matches))),
        );
      return use({ query, arg, answer });
    });
  });
}

function readOrWait<Arg extends string, T>(
  asked: StateRequest,
  { query, arg }: Part<Arg, T>,
): Read<T> | Promise<Read<T>> {
  const { api, pacing, request } = asked;
  const { content } = request.target;
  if (request.options.index === 0) return api.store.read(query, arg);
  return goOn(pacing.rested(content), () => {
    const present = pacing.timed(content, () => api.store.read(query, arg));
    return needsNoWait(present.index, asked) ? present : changed(asked, query, arg);
  });
}

/** Whether there is something new to a client; or it is ahead, as after a start of an agent that kept nothing. */
function needsNoWait(present: number, { api, request }: StateRequest): boolean {
  const { index } = request.options;
  return present > index || index > api.store.view.revision;
}

function changed<Arg extends string, T>(
  { api, request }: StateRequest,
  query: Query<Arg, T>,
  arg: Arg,
): Promise<Read<T>> {
  const { index, waitMs } = request.options;
  const waiting = new Waiting(waitMs, request.gone);
  return api.store.wait(query, arg, index, waiting.signal).finally(() => waiting[Symbol.dispose]());
}

async function otherThan<Arg extends string, T>(
  hash: string,
  { api: { store }, request }: StateRequest,
  { query, arg, answer }: Part<Arg, T>,
): Promise<Answer> {
  using waiting = new Waiting(request.options.waitMs, request.gone);
  let read = store.read(query, arg);
  while (answer(read.value).reply.headers?.[contentHash] === hash && !waiting.signal.aborted) {
    read = await store.wait(query, arg, read.index, waiting.signal);
  }
  return answer(read.value);
}

/** The headers of a read of the state. */
export function readHeaders(
  route: { readonly saysConsistency?: boolean; readonly cached?: 'always' | 'when asked' },
  options: ReadOptions,
  index: number,
): ReplyHeaders {
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

function unchanged(reply: Reply): Reply {
  return reply;
}

const contentHash = 'X-Consul-ContentHash';

/** Adds the hash of the content, in a header and beside it. Errors have none. */
function withHash(reply: Reply): Reply {
  if (reply.kind !== 'json') return reply;
  const hash = createHash('sha256').update(JSON.stringify(reply.value)).digest('hex').slice(0, 16);
  const value = { ...(reply.value as object), ContentHash: hash };
  return { ...reply, value, headers: { ...reply.headers, [contentHash]: hash } };
}
