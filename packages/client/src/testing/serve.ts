import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { ConnectionOptions } from '../connection.ts';

/** Listens on a free port of the loopback interface until the test ends. */
export async function listen(server: Server): Promise<number> {
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Stands in for an agent until the test ends. */
export async function serve(answer: RequestListener): Promise<ConnectionOptions> {
  const port = await listen(createServer(answer));
  return { address: { kind: 'tcp', scheme: 'http', host: '127.0.0.1', port } };
}
