import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, test, vi } from 'vitest';
import { inTurn } from './in-turn.ts';

/** A server that begins with requests in turn and answers them when it is told to. */
async function serve() {
  const begun: [path: string, response: ServerResponse][] = [];
  const server = createServer(
    inTurn((request: IncomingMessage, response) => begun.push([request.url ?? '', response])),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let text = '';
  client.on('data', (chunk) => {
    text += chunk;
  });
  return {
    begun,
    client,
    received: () => text,
    send: (...paths: readonly string[]) =>
      client.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`).join('')),
    [Symbol.dispose]: () => {
      client.destroy();
      server.close();
      server.closeAllConnections();
    },
  };
}

test('the requests of a connection are begun one after the other', async () => {
  using it = await serve();
  it.send('/1', '/2', '/3');
  for (const count of [1, 2, 3]) {
    await vi.waitFor(() => expect(it.begun).toHaveLength(count));
    it.begun[count - 1]?.[1].end(`answer ${count}`);
  }
  await vi.waitFor(() => expect(it.received()).toContain('answer 3'));
  expect(it.begun.map(([path]) => path)).toEqual(['/1', '/2', '/3']);
  it.send('/4');
  await vi.waitFor(() => expect(it.begun).toHaveLength(4));
});

test('who sends too many requests ahead is cut off, and none of them is begun', async () => {
  using it = await serve();
  const closed = once(it.client, 'close');
  it.client.on('error', () => {});
  it.send(...Array.from({ length: 100 }, (_, at) => `/${at}`));
  await closed;
  expect(it.begun.map(([path]) => path)).toEqual(['/0']);
});

test('what waits behind a request whose client is gone is not begun', async () => {
  using it = await serve();
  it.send('/1', '/2');
  await vi.waitFor(() => expect(it.begun).toHaveLength(1));
  const gone = once(it.begun[0]?.[1] as ServerResponse, 'close');
  it.client.destroy();
  await gone;
  await new Promise((resolve) => setImmediate(resolve));
  expect(it.begun).toHaveLength(1);
});
