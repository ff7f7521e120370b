import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { type Address, formatAddress } from './address.ts';
import { ClientError, statusError } from './client-error.ts';
import { unreachable } from './unreachable.ts';

// An import of it would evaluate all that it exports, a second HTTP client among it: that takes longer
// than the whole request of a command.
const http = process.getBuiltinModule('node:http');

/** What a TLS connection to the agent needs; the values are PEM text. */
export interface TlsOptions {
  readonly ca?: string | readonly string[];
  readonly cert?: string;
  readonly key?: string;
  readonly serverName?: string;
  /** `false` accepts any certificate. */
  readonly verify?: boolean;
}

/** How to reach an agent, and as whom. */
export interface ConnectionOptions {
  readonly address: Address;
  readonly token?: string;
  /** `user:password`, for a proxy in front of the agent. */
  readonly basicAuth?: string;
  readonly tls?: TlsOptions;
  /** Keeps up to so many connections open between requests. None by default, so that a process can end at once. */
  readonly keepAlive?: number;
  /** Sent with every request, such as `dc` or `stale`. */
  readonly query?: Readonly<Record<string, string>>;
}

/** One request. `query` values are encoded here; an `undefined` one is left out. */
export interface Request {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** Statuses beside 2xx that are an answer and not an error. */
  readonly accept?: readonly number[];
}

/** An answer, with the headers that carry meaning. */
export interface Response {
  readonly status: number;
  readonly text: string;
  /** `X-Consul-Index`; 0 when there was none. */
  readonly index: number;
  readonly contentHash?: string;
  readonly reason?: string;
}

/** Sends requests to one agent. */
export interface Connection extends Disposable {
  readonly address: Address;
  send(request: Request): Promise<Response>;
}

/** Opens nothing yet: each request connects when it is sent. */
export function createConnection(options: ConnectionOptions): Connection {
  const { address } = options;
  const base = baseOptions(options);
  let pool: Agent | undefined;
  return {
    address,
    async send(asked) {
      const transport = await transportTo(address);
      if (options.keepAlive !== undefined) {
        pool ??= new transport.Agent({ keepAlive: true, maxSockets: options.keepAlive });
      }
      const query = { ...options.query, ...given(asked.query) };
      return send(transport, { ...base, ...(pool && { agent: pool }) }, address, {
        ...asked,
        query,
      });
    },
    [Symbol.dispose]: () => pool?.destroy(),
  };
}

function baseOptions(options: ConnectionOptions): RequestOptions {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (options.token !== undefined && options.token !== '')
    headers['x-consul-token'] = options.token;
  const auth = options.basicAuth === undefined ? {} : { auth: options.basicAuth };
  return { headers, agent: false, ...auth, ...target(options.address), ...tlsOptions(options.tls) };
}

function target(address: Address): RequestOptions {
  if (address.kind === 'unix') return { socketPath: address.path, host: 'localhost' };
  return { protocol: `${address.scheme}:`, host: address.host, port: address.port };
}

function tlsOptions(tls: TlsOptions | undefined): object {
  if (tls === undefined) return {};
  return {
    ...(tls.ca !== undefined && { ca: tls.ca }),
    ...(tls.cert !== undefined && { cert: tls.cert }),
    ...(tls.key !== undefined && { key: tls.key }),
    ...(tls.serverName !== undefined && { servername: tls.serverName }),
    ...(tls.verify === false && { rejectUnauthorized: false }),
  };
}

async function send(
  transport: Transport,
  base: RequestOptions,
  address: Address,
  asked: Request,
): Promise<Response> {
  const path = asked.path + queryString(asked.query);
  const body = asked.body === undefined ? undefined : JSON.stringify(asked.body);
  const options: RequestOptions = {
    ...base,
    method: asked.method,
    path,
    headers: { ...base.headers, ...bodyHeaders(body) },
    ...(asked.signal && { signal: asked.signal }),
  };
  try {
    return await exchange(transport.request, options, body, asked.accept ?? []);
  } catch (error) {
    if (error instanceof ClientError) throw error;
    if (asked.signal?.aborted) throw new ClientError('aborted', { kind: 'aborted', cause: error });
    throw unreachable(error, { method: asked.method, url: formatAddress(address) + path, address });
  }
}

type Open = (
  options: RequestOptions,
  onResponse: (response: IncomingMessage) => void,
) => ClientRequest;

interface Transport {
  readonly request: Open;
  readonly Agent: typeof Agent;
}

/** TLS is loaded only where an address asks for it: it costs a command more time than its request. */
async function transportTo(address: Address): Promise<Transport> {
  if (address.kind === 'unix' || address.scheme === 'http') return http;
  return await import('node:https');
}

function exchange(
  open: Open,
  options: RequestOptions,
  body: string | undefined,
  accept: readonly number[],
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const sent = open(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const status = response.statusCode ?? 0;
        if ((status >= 200 && status < 300) || accept.includes(status))
          resolve(answer(response, text));
        else reject(statusError(status, text));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function answer(response: IncomingMessage, text: string): Response {
  const contentHash = header(response, 'x-consul-contenthash');
  const reason = header(response, 'x-consul-reason');
  return {
    status: response.statusCode ?? 0,
    text,
    index: Number(header(response, 'x-consul-index') ?? 0),
    ...(contentHash !== undefined && { contentHash }),
    ...(reason !== undefined && { reason }),
  };
}

function header(response: IncomingMessage, name: string): string | undefined {
  const value = response.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function bodyHeaders(body: string | undefined): Record<string, string | number> {
  if (body === undefined) return {};
  return { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
}

/** Without what was left open: a parameter of every request must not be overwritten by none. */
function given(query: Request['query']): NonNullable<Request['query']> {
  const entries = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries);
}

function queryString(query: Request['query']): string {
  const sorted = Object.entries(query ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = sorted.flatMap(([name, value]) => {
    if (value === undefined) return [];
    const values = typeof value === 'string' ? [value] : value;
    return values.map((each) => `${name}=${encodeURIComponent(each)}`);
  });
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}
