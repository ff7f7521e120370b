import type { RecordShape } from '@chancery/filter';
import type { Right } from '@chancery/model';
import type { CommittedBy, Query } from '@chancery/store';
import type { HttpApiDependencies } from './dependencies.ts';
import { json, type Reply } from './reply.ts';
import type { ReadOptions } from './request/read-options.ts';

/** A request as a route sees it. */
export interface ApiRequest {
  /** What stands in the path for `:name` and `*`, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Who asks, by what (`PUT /v1/agent/service/register`) and, where they say, for what reason: what the history tells of a change. */
  readonly by: CommittedBy;
  /** How a read is wanted; as if nothing were said where Consul does not look at it. */
  readonly options: ReadOptions;
  /** The body as JSON, or the answer that says why it is none. */
  readonly body: () => Promise<Body>;
  /** Aborts when the client is gone. */
  readonly gone: AbortSignal;
}

/** A body, or what is wrong with it. */
export type Body =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reply: Reply };

/** Whether a record is among those that `?filter=` asks for. */
export type Matches = (record: object) => boolean;

/** How a result is shown; what is left of a list where it is filtered. */
export type Show<T> = (value: T, matches?: Matches) => Reply;

/** What a reading route reads, and how the result is shown. */
export interface Reading {
  /** What `?filter=` may select; nothing but a list has it, and elsewhere the filter is ignored, as Consul does. */
  readonly shape?: RecordShape;
  /** Calls back with the query and its argument: their types stay together. */
  with<R>(use: <Arg extends string, T>(query: Query<Arg, T>, arg: Arg, show: Show<T>) => R): R;
}

/** A reading of one query. */
export function reading<Arg extends string, T>(
  query: Query<Arg, T>,
  arg: Arg,
  show: (value: T) => Reply,
): Reading {
  return { with: (use) => use(query, arg, show) };
}

/** A list that `?filter=` may thin out, made of a result. */
export interface Listing<T, R extends object> {
  /** As they are shown one by one: it is this that an expression sees. */
  readonly records: (value: T) => readonly R[];
  /** What an expression may select of a record. */
  readonly shape: RecordShape;
  /** How the records left over are shown; as a list unless it is given. */
  readonly shown?: (records: readonly R[], value: T) => unknown;
}

/** A reading of a list of records. */
export function listing<Arg extends string, T, R extends object>(
  query: Query<Arg, T>,
  arg: Arg,
  { records, shape, shown = (left) => left }: Listing<T, R>,
): Reading {
  const show: Show<T> = (value, matches) => {
    const all = records(value);
    return json(shown(matches === undefined ? all : all.filter(matches), value));
  };
  return { shape, with: (use) => use(query, arg, show) };
}

/** A list that `?filter=` may thin out, of an answer that waits for nothing. */
export interface List {
  readonly records: readonly object[];
  readonly shape: RecordShape;
  /** How the records left over are shown; as a list unless it is given. */
  readonly shown?: (records: readonly object[]) => unknown;
}

/** A list that is shown by what its records are known by. */
export function listBy<R extends object>(
  records: readonly R[],
  shape: RecordShape,
  key: (record: R) => string,
): List {
  const shown = (left: readonly object[]): object =>
    Object.fromEntries(left.map((record) => [key(record as R), record]));
  return { records, shape, shown };
}

/** The methods that are answered. */
export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

interface Place {
  readonly method: Method;
  readonly path: string;
  readonly right: Right;
}

/** A route: where it is, how it waits, and what it answers. */
export type Route =
  /** Answers at once. */
  | (Place & {
      readonly blocking: 'none';
      readonly answer: (api: HttpApiDependencies, request: ApiRequest) => Reply | Promise<Reply>;
    })
  /** Answers at once, with a list. */
  | (Place & {
      readonly blocking: 'none';
      readonly list: (api: HttpApiDependencies, request: ApiRequest) => List | Reply;
    })
  /**
   * A read of the state that may wait for a larger index. What is shown must depend on nothing but the result
   * and on path and query: it is kept as long as the result is, and sent to whoever asks the same.
   */
  | (Place & {
      readonly blocking: 'index';
      /** Whether the answer says how consistent it is, as Consul's catalog and health do. */
      readonly saysConsistency?: boolean;
      /** Whether the answer claims to come from a cache: always or, in place of never, where `?cached` asks for it. */
      readonly cached?: 'always' | 'when asked';
      readonly read: (api: HttpApiDependencies, request: ApiRequest) => Reading | Reply;
    })
  /** Answers with a certificate, at once or when there is another: whoever makes it waits by itself for a larger index. */
  | (Place & {
      readonly blocking: 'certificate';
      readonly answer: (api: HttpApiDependencies, request: ApiRequest) => Promise<Reply>;
    })
  /** A read of the state that may wait for another content. */
  | (Place & {
      readonly blocking: 'hash';
      readonly read: (api: HttpApiDependencies, request: ApiRequest) => Reading | Reply;
    });

/** A read of the state alone, whose answer says how consistent it is. */
export function consistentRead(
  path: string,
  right: Right,
  read: (request: ApiRequest, api: HttpApiDependencies) => Reading | Reply,
  caching: { readonly cached?: 'when asked' } = {},
): Route {
  return {
    method: 'GET',
    path,
    right,
    blocking: 'index',
    saysConsistency: true,
    ...caching,
    read: (api, request) => read(request, api),
  };
}

/** Whether there is an answer already, in place of something to go on with. */
export function isReply<T>(value: T | Reply): value is Reply {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  return value.kind === 'json' || value.kind === 'text' || value.kind === 'stream';
}
