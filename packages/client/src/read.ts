import { ClientError } from './client-error.ts';
import type { Connection, Response } from './connection.ts';
import type { Query } from './query-string.ts';

/** How a read is to be made: where, how fresh, what is left out, and whether it waits for a change. */
export interface ReadOptions {
  readonly datacenter?: string;
  /** Waits until the result is newer than this index: the `index` of an earlier answer. */
  readonly index?: number;
  /** How long to wait at most; the agent's default is five minutes. */
  readonly waitMs?: number;
  readonly consistency?: 'default' | 'stale' | 'consistent';
  /** Takes what the agent keeps of an earlier answer, where it keeps any. */
  readonly cached?: boolean;
  /** Leaves out each record for which this expression does not hold. */
  readonly filter?: string;
  /** Orders by the distance from this node; `_agent` is the agent's own. */
  readonly near?: string;
  /** Leaves out what is on nodes without all of this metadata. */
  readonly nodeMeta?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** A result, and the index from which a next read may wait. */
export interface Answer<T> {
  readonly value: T;
  readonly index: number;
  /** Present where the agent hashes the content instead of counting changes. */
  readonly contentHash?: string;
}

/** Reads JSON. */
export async function read<T>(
  connection: Connection,
  path: string,
  options: ReadOptions = {},
  query: Query = {},
): Promise<Answer<T>> {
  const response = await connection.send({
    method: 'GET',
    path,
    query: { ...query, ...readQuery(options) },
    ...(options.signal && { signal: options.signal }),
  });
  const hash = response.contentHash === undefined ? {} : { contentHash: response.contentHash };
  return { value: json<T>(response), index: response.index, ...hash };
}

/** The JSON of an answer; an answer that is none is an error that shows its beginning. */
export function json<T>(response: Response): T {
  try {
    return JSON.parse(response.text) as T;
  } catch (cause) {
    const start = response.text.slice(0, 80);
    throw new ClientError(`The agent answered with something other than JSON: ${start}`, {
      kind: 'malformed',
      status: response.status,
      text: response.text,
      cause,
    });
  }
}

/** One step of a path, whatever its name holds. */
export function segment(name: string): string {
  return encodeURIComponent(name);
}

function readQuery(options: ReadOptions): Query {
  const { consistency } = options;
  const pairs = Object.entries(options.nodeMeta ?? {}).map(([key, value]) => `${key}:${value}`);
  return {
    dc: options.datacenter,
    index: options.index === undefined ? undefined : String(options.index),
    wait: options.waitMs === undefined ? undefined : `${options.waitMs}ms`,
    filter: options.filter,
    near: options.near,
    'node-meta': pairs.length === 0 ? undefined : pairs,
    stale: consistency === 'stale' ? '' : undefined,
    consistent: consistency === 'consistent' ? '' : undefined,
    cached: options.cached ? '' : undefined,
  };
}
