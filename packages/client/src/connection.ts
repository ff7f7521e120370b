import type { Agent, IncomingMessage, RequestOptions } from 'node:http';
import { type Address, formatAddress } from './address.ts';
import { ClientError } from './client-error.ts';
import {
  type Answered,
  answered,
  piecesOf,
  refuseError,
  revisionOf,
  warningsOf,
  wholeBody,
} from './exchange.ts';
import { givenParameters, type Query, queryString } from './query-string.ts';
import { type TlsOptions, targetOptions, tlsOptions, transportTo } from './transport.ts';
import { unreachable } from './unreachable.ts';

/** How to reach an agent, and as whom. */
export interface ConnectionOptions {
  readonly address: Address;
  readonly token?: string;
  /** `user:password`, for a proxy in front of the agent. */
  readonly basicAuth?: string;
  readonly tls?: TlsOptions;
  /** Who makes changes, as the agent is to note them while it has no tokens; it calls them unverified. */
  readonly author?: string;
  /** Why changes are made, in the words of who makes them: stands in the history beside what is changed. */
  readonly reason?: string;
  /** Keeps up to so many connections open between requests. None by default, so that a process can end at once. */
  readonly keepAlive?: number;
  /** Sent with every request, such as `dc` or `stale`. */
  readonly query?: Readonly<Record<string, string>>;
  /** Is told what a caller should know although its request was carried out; a line each. */
  readonly onWarning?: (warning: string) => void;
  /** Is told the revision of the state that each write led to. */
  readonly onRevision?: (revision: number) => void;
}

/** One request. */
export interface Request {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  /** Encoded when it is sent. */
  readonly query?: Query;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** Statuses beside 2xx that are an answer and not an error. */
  readonly accept?: readonly number[];
}

/** An answer, with the headers that carry meaning. */
export type Response = Answered;

/** Sends requests to one agent. Every method rejects with a `ClientError`. */
export interface Connection extends Disposable {
  readonly address: Address;
  send(request: Request): Promise<Response>;
  /** The bytes of an answer that is no text, such as a profile. */
  bytes(request: Request): Promise<Uint8Array>;
  /** An answer without an end of its own, such as a log: resolves when it begins; the text then comes in pieces. */
  stream(request: Request): Promise<AsyncIterable<string>>;
}

/** Opens nothing yet: each request connects when it is sent. */
export function createConnection(options: ConnectionOptions): Connection {
  const { address } = options;
  const base = requestOptions(options);
  let pool: Agent | undefined;
  const open = async (asked: Request): Promise<IncomingMessage> => {
    const transport = await transportTo(address);
    if (options.keepAlive !== undefined) {
      pool ??= new transport.Agent({ keepAlive: true, maxSockets: options.keepAlive });
    }
    const connected = { ...base, ...(pool && { agent: pool }) };
    const response = await opened(transport.request, connected, asked);
    for (const warning of warningsOf(response)) options.onWarning?.(warning);
    const revision = revisionOf(response);
    if (revision !== undefined) options.onRevision?.(revision);
    return response;
  };
  const whole = (asked: Request): Request => ({
    ...asked,
    query: { ...options.query, ...reasonOf(asked, options), ...givenParameters(asked.query) },
  });
  return {
    address,
    async send(asked) {
      const request = whole(asked);
      return await worded(request, address, async () =>
        answered(await refuseError(await open(request), request.accept)),
      );
    },
    async bytes(asked) {
      const request = whole(asked);
      return await worded(request, address, async () =>
        wholeBody(await refuseError(await open(request), request.accept)),
      );
    },
    async stream(asked) {
      const request = whole(asked);
      const response = await worded(request, address, async () =>
        refuseError(await open(request), request.accept),
      );
      return piecesOf(response, (error) => clientError(error, request, address));
    },
    [Symbol.dispose]: () => pool?.destroy(),
  };
}

/** What every request to an agent has, in the words of `node:http`: where it goes, and as whom. */
export function requestOptions(options: ConnectionOptions): RequestOptions {
  const { token, author } = options;
  const headers = {
    accept: 'application/json',
    ...(token && { 'x-consul-token': token }),
    ...(author && { 'x-chancery-author': headerText(author) }),
  };
  const auth = options.basicAuth === undefined ? {} : { auth: options.basicAuth };
  const target = targetOptions(options.address);
  return { headers, agent: false, ...auth, ...target, ...tlsOptions(options.tls) };
}

function reasonOf({ method }: Request, { reason }: ConnectionOptions): Query {
  return method === 'GET' || !reason ? {} : { reason };
}

/** A header holds no more than ASCII for certain: the rest is escaped as in a URL. */
function headerText(text: string): string {
  return text.toWellFormed().replace(/[^ -~]|%/gu, encodeURIComponent);
}

type Open = Awaited<ReturnType<typeof transportTo>>['request'];

function opened(open: Open, base: RequestOptions, asked: Request): Promise<IncomingMessage> {
  const body = asked.body === undefined ? undefined : JSON.stringify(asked.body);
  const options: RequestOptions = {
    ...base,
    method: asked.method,
    path: asked.path + queryString(asked.query),
    headers: { ...(base.headers as object), ...bodyHeaders(body) },
    ...(asked.signal && { signal: asked.signal }),
  };
  return new Promise((resolve, reject) => {
    const sent = open(options, resolve);
    sent.on('error', reject);
    sent.end(body);
  });
}

function bodyHeaders(body: string | undefined): Record<string, string | number> {
  if (body === undefined) return {};
  return { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
}

/** Whatever goes wrong becomes an error with the words of Consul's own client. */
async function worded<T>(asked: Request, address: Address, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw clientError(error, asked, address);
  }
}

function clientError(error: unknown, asked: Request, address: Address): ClientError {
  if (error instanceof ClientError) return error;
  if (asked.signal?.aborted) return new ClientError('aborted', { kind: 'aborted', cause: error });
  const url = formatAddress(address) + asked.path + queryString(asked.query);
  return unreachable(error, { method: asked.method, url, address });
}
