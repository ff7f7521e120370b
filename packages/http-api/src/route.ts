import type { RecordShape } from '@chancery/filter';
import type { Principal, Query } from '@chancery/store';
import type { HttpApiDependencies } from './dependencies.ts';
import { json, type Reply } from './reply.ts';

/** The methods that are answered. */
export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

/** A request as a route sees it. */
export interface ApiRequest {
  /** What stands in the path for `:name` and `*`, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly principal: Principal;
  /** `PUT /v1/agent/service/register`: why a change was made. */
  readonly why: string;
  /** The body as JSON, or the answer that says why it is none. */
  readonly body: () => Promise<Body>;
  /** Aborts when the client is gone. */
  readonly gone: AbortSignal;
}

/** A body, or what is wrong with it. */
export type Body =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reply: Reply };

/** What a reading route reads, and how the result is shown. */
export interface Reading {
  /** Calls back with the query and its argument: their types stay together. */
  with<R>(
    use: <Arg extends string, T>(query: Query<Arg, T>, arg: Arg, show: (value: T) => Reply) => R,
  ): R;
}

/** A reading of one query. */
export function reading<Arg extends string, T>(
  query: Query<Arg, T>,
  arg: Arg,
  show: (value: T) => Reply,
): Reading {
  return { with: (use) => use(query, arg, show) };
}

/** What is read or written, in the words of Consul's ACL rules. */
export type Resource =
  | 'acl'
  | 'agent'
  | 'event'
  | 'intention'
  | 'key'
  | 'mesh'
  | 'node'
  | 'operator'
  | 'peering'
  | 'query'
  | 'service'
  | 'session';

/** What a caller must be allowed to do; `anyone` is a decision too: the answer holds nothing worth keeping. */
export type Right = 'anyone' | `${Resource}:${'read' | 'write'}`;

/** A list that `?filter=` may thin out. */
export interface Listing<T> {
  readonly records: (value: T) => readonly object[];
  /** What an expression may select of a record. */
  readonly shape: RecordShape;
  /** How the records left over are shown; as a list unless it is given. */
  readonly shown?: (records: readonly object[]) => unknown;
}

/** A reading of a list of records. */
export function listing<Arg extends string, T>(
  query: Query<Arg, T>,
  arg: Arg,
  { records, shown = (left) => left }: Listing<T>,
): Reading {
  return reading(query, arg, (value) => json(shown(records(value))));
}

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
  /** A read of the state that may wait for a larger index. */
  | (Place & {
      readonly blocking: 'index';
      /** Whether the answer says how consistent it is, as Consul's catalog and health do. */
      readonly saysConsistency?: boolean;
      /** Whether the answer always claims to come from a cache, as Consul's does. */
      readonly cached?: boolean;
      readonly read: (api: HttpApiDependencies, request: ApiRequest) => Reading | Reply;
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
  read: (request: ApiRequest) => Reading | Reply,
): Route {
  return {
    method: 'GET',
    path,
    right,
    blocking: 'index',
    saysConsistency: true,
    read: (_api, request) => read(request),
  };
}

/** Whether a route gave an answer in place of something to read. */
export function isReply(value: Reading | Reply): value is Reply {
  return 'kind' in value;
}
