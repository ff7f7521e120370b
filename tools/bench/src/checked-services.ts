import { createServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';

/** Servers that checks ask, and how often they were asked. */
export interface CheckedServices extends AsyncDisposable {
  /** Where `GET /` is answered with 200. */
  readonly httpUrl: string;
  /** Where connections are taken. */
  readonly tcpAddress: string;
  /** How many connections there were so far, of either sort. */
  asked(): number;
}

/** Opens an HTTP and a TCP server that are always well. */
export async function openCheckedServices(): Promise<CheckedServices> {
  let asked = 0;
  const http: HttpServer = createServer((_, response) => response.end('well'));
  const tcp = createTcpServer((socket) => socket.on('error', () => {}).resume());
  for (const server of [http, tcp]) server.on('connection', () => (asked += 1));
  const [httpPort, tcpPort] = await Promise.all([listening(http), listening(tcp)]);
  return {
    httpUrl: `http://127.0.0.1:${httpPort}/`,
    tcpAddress: `127.0.0.1:${tcpPort}`,
    asked: () => asked,
    async [Symbol.asyncDispose]() {
      http.closeAllConnections();
      await Promise.all([http, tcp].map((server) => new Promise((done) => server.close(done))));
    },
  };
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
