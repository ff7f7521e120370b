import { createSocket, type Socket } from 'node:dgram';
import { expect, test } from 'vitest';
import { udpProbe } from './udp-probe.ts';

async function bound(answer?: string): Promise<{ address: string; got: string[] } & Disposable> {
  const socket: Socket = createSocket('udp4');
  const got: string[] = [];
  socket.on('message', (message, { port, address }) => {
    got.push(String(message));
    if (answer !== undefined) socket.send(answer, port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const address = `127.0.0.1:${socket.address().port}`;
  return { address, got, [Symbol.dispose]: () => socket.close() };
}

test('any answer to an empty datagram passes', async () => {
  using server = await bound('pong');
  const { address } = server;
  expect(await udpProbe({ kind: 'udp', address, intervalMs: 1000 })).toEqual({
    status: 'passing',
    output: `UDP connect ${address}: Success`,
  });
  expect(server.got).toEqual(['']);
});

test('a port that is not there, silence, and a name that is none are told apart', async () => {
  using server = await bound();
  const { address } = server;
  const timing = { intervalMs: 1000, timeoutMs: 50 };
  expect(await udpProbe({ kind: 'udp', address, ...timing })).toMatchObject({
    status: 'critical',
    output: expect.stringMatching(/^read udp 127\.0\.0\.1:\d+->127\.0\.0\.1:\d+: i\/o timeout$/),
  });
  let free: string;
  {
    using gone = await bound();
    free = gone.address;
  }
  expect(await udpProbe({ kind: 'udp', address: free, intervalMs: 1000 })).toMatchObject({
    status: 'critical',
    output: expect.stringMatching(/: read: connection refused$/),
  });
  expect(await udpProbe({ kind: 'udp', address: 'no.such.invalid:1', ...timing })).toEqual({
    status: 'critical',
    output: 'dial udp: lookup no.such.invalid: no such host',
  });
});

test('an address that may not be connected to is critical, as one to all of a network is', async () => {
  const check = { kind: 'udp', address: '255.255.255.255:9', intervalMs: 1000 } as const;
  expect(await udpProbe(check)).toEqual({
    status: 'critical',
    output: 'read udp 255.255.255.255:9: read: permission denied',
  });
});
