import type { AddressInfo, Server, Socket } from 'node:net';

/** A server on a free port of the loopback, for the time of one test. */
export interface Listening extends AsyncDisposable {
  readonly port: number;
  /** `127.0.0.1:PORT` */
  readonly address: string;
}

/** Has any server of Node listen; its connections end with it. */
export async function listen(server: Server): Promise<Listening> {
  const sockets = new Set<Socket>();
  for (const event of ['connection', 'secureConnection']) {
    server.on(event, (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
    });
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    address: `127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
