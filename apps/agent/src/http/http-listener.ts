import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AgentConfig } from '@chancery/model';
import { listenFailure } from '../listen-failure.ts';

/** An HTTP listener that is open. Disposing of it ends its connections too. */
export interface HttpListener extends AsyncDisposable {
  readonly url: string;
}

// An import would evaluate all that the module exports, and load a second HTTP client with it: 50 ms and 12 MB.
const { createServer } = process.getBuiltinModule('node:http');

/** How long answers that are being given may take when the listener closes; a blocking query is cut off then. */
const graceMs = 500;

/** Opens the HTTP API's listener. Header and idle times are bounded; an answer may take its time, for blocking queries. */
export async function listenHttp(
  answer: RequestListener,
  { clientAddress: host, ports }: Pick<AgentConfig, 'clientAddress' | 'ports'>,
): Promise<HttpListener> {
  const server = createServer(
    { maxHeaderSize: 16 * 1024, headersTimeout: 10_000, requestTimeout: 60_000 },
    answer,
  );
  const listening = Promise.withResolvers<void>();
  server.once('error', (error) =>
    listening.reject(listenFailure(error, host, ports.http, '-http-port')),
  );
  server.listen({ host, port: ports.http }, () => listening.resolve());
  await listening.promise;
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    [Symbol.asyncDispose]: () => {
      const closed = Promise.withResolvers<void>();
      const cutOff = setTimeout(() => server.closeAllConnections(), graceMs);
      server.close(() => {
        clearTimeout(cutOff);
        closed.resolve();
      });
      return closed.promise;
    },
  };
}
