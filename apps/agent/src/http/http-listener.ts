import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AgentConfig, HttpConfig, ListenAddress } from '@chancery/model';
import { openSocket } from '../open-socket.ts';
import { HttpGate } from './http-gate.ts';
import { inTurn } from './in-turn.ts';
import { limitConnections } from './limit-connections.ts';

/** The HTTP API, served at one or several addresses. Disposing of it ends its connections too. */
export interface HttpListener extends AsyncDisposable {
  readonly urls: readonly string[];
  /** Another bound on connections, for those that are opened from now on; the gate has its own settings. */
  readonly configure: (http: HttpConfig) => void;
}

// An import would evaluate all that the module exports, and load a second HTTP client with it: 50 ms and 12 MB.
const { createServer } = process.getBuiltinModule('node:http');

/** How long answers that are being given may take when the listener closes; a blocking query is cut off then. */
const graceMs = 500;

/** What the listener is made of. */
export type HttpListenerConfig = Pick<AgentConfig, 'listen' | 'ports' | 'http'>;

/** Opens the HTTP API's listener. Header and idle times are bounded; an answer may take its time, for blocking queries. */
export async function listenHttp(
  answer: RequestListener,
  { listen, ports, http }: HttpListenerConfig,
  gate: HttpGate = new HttpGate(http),
): Promise<HttpListener> {
  await using stack = new AsyncDisposableStack();
  const limit = limitConnections(http.maxConnectionsPerClient);
  const gated = inTurn(gate.before(answer));
  const urls: string[] = [];
  for (const address of listen.http) {
    const server = createServer(
      {
        maxHeaderSize: http.maxHeaderBytes ?? 16 * 1024,
        headersTimeout: 10_000,
        requestTimeout: 60_000,
      },
      (request, response) => {
        if (limit.admits(request)) gated(request, response);
      },
    );
    limit.watch(server);
    stack.defer(() => close(server));
    await openSocket(server, address, ports.http, {
      flag: '-http-port',
      mode: http.socketMode,
    });
    urls.push(urlOf(address, server));
  }
  const owned = stack.move();
  return {
    urls,
    configure: (next) => limit.set(next.maxConnectionsPerClient),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function urlOf(address: ListenAddress, server: Server): string {
  if (address.kind === 'unix') return `unix://${address.path}`;
  const { host } = address;
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function close(server: Server): Promise<void> {
  const closed = Promise.withResolvers<void>();
  const cutOff = setTimeout(() => server.closeAllConnections(), graceMs);
  server.close(() => {
    clearTimeout(cutOff);
    closed.resolve();
  });
  return closed.promise;
}
