import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A TCP service that sends back what it is sent. */
export interface EchoService extends AsyncDisposable {
  readonly port: number;
}

/** What the service listens on, and what it puts before each answer so that instances can be told apart. */
export interface EchoOptions {
  /** 0 or absent: a free one. */
  readonly port?: number;
  readonly prefix?: string;
}

/** Starts an echo service on the loopback interface. */
export async function echoService({ port = 0, prefix = '' }: EchoOptions): Promise<EchoService> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('data', (bytes) => socket.write(prefix === '' ? bytes : prefix + bytes.toString()));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
