import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { dial, talk } from './dial.ts';
import { echoService } from './echo-service.ts';
import { freePorts } from './free-ports.ts';

async function listening(
  onConnection: (end: () => void) => void,
): Promise<AsyncDisposable & { port: number }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined).resume();
    onConnection(() => socket.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, 'close');
    },
  };
}

test('an answer is told from an end, silence and a closed port', async () => {
  await using echo = await echoService({});
  await using ending = await listening((end) => end());
  const [closedPort = 0] = await freePorts(1);
  expect(await talk(echo.port, 'Hello')).toMatchObject({ verdict: 'echo', answer: 'Hello' });
  expect(await talk(ending.port, 'Hello')).toMatchObject({ verdict: 'closed' });
  expect(await talk(closedPort, 'Hello')).toMatchObject({ verdict: 'refused' });
  await using mute = await listening(() => undefined);
  expect(await talk(mute.port, 'Hello', 30)).toMatchObject({ verdict: 'silent' });
});

test('a connection can be held and used again, until the other side ends it', async () => {
  await using stack = new AsyncDisposableStack();
  const echo = stack.use(await echoService({ prefix: 'db: ' }));
  using held = dial(echo.port);
  expect(await held.exchange('one')).toMatchObject({ verdict: 'echo', answer: 'db: one' });
  expect(await held.exchange('two')).toMatchObject({ verdict: 'echo', answer: 'db: two' });
  await stack.disposeAsync();
  expect(await held.exchange('three')).toMatchObject({ verdict: 'closed' });
});
