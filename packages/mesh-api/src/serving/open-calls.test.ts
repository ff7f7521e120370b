import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { connectMesh } from '../client/connect-mesh.ts';
import type { CheckFinding } from '../status/check-finding.ts';
import { ask } from '../testing/ask.ts';
import { proxySource, serveMesh } from '../testing/mesh-server.ts';

const wait = '/chancery.mesh.v1.ProxyService/WaitApplied';
const check = '/chancery.mesh.v1.StatusService/Check';

describe('a bound', () => {
  test('on a message: one that is larger is refused by the size it may have', async () => {
    const server = await serveMesh({ proxies: proxySource(), limits: { maxMessageBytes: 100 } });
    const answer = await ask(server, wait, { body: JSON.stringify({ x: 'y'.repeat(200) }) });
    expect(answer.status).toBe(429);
    expect(JSON.parse(answer.text)).toEqual({
      code: 'resource_exhausted',
      message: 'The message of 208 bytes is too large: at most 100 bytes are read',
    });
    expect(await ask(server, wait)).toMatchObject({ status: 200 });
  });

  test('on calls at once: one more is told so, and one is answered when another is over', async () => {
    const held = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    const { applied } = proxySource();
    const proxies = proxySource({
      applied: async (...asked) => {
        arrived.resolve();
        await held.promise;
        return await applied(...asked);
      },
    });
    const server = await serveMesh({ proxies, limits: { maxCalls: 1 } });
    const first = ask(server, wait);
    await arrived.promise;
    const second = await ask(server, wait);
    expect([second.status, JSON.parse(second.text)]).toEqual([
      429,
      {
        code: 'resource_exhausted',
        message: '1 calls are being answered: try again when some are over',
      },
    ]);
    held.resolve();
    expect(await first).toMatchObject({ status: 200 });
    await expect.poll(() => ask(server, wait).then(({ status }) => status)).toBe(200);
  });

  test('on the time of a request: one that does not come whole is cut off', async () => {
    const server = await serveMesh({ proxies: proxySource(), limits: { requestMs: 1 } });
    const socket = connect(server.address.port, '127.0.0.1');
    socket.write(
      `POST ${wait} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`,
    );
    socket.resume();
    await once(socket, 'close');
  });

  test('on a reader that takes nothing: it is cut off, and what fed it is ended', async () => {
    const ended = Promise.withResolvers<void>();
    const status = statusOf(async function* () {
      try {
        for (;;) yield finding('x'.repeat(100_000));
      } finally {
        ended.resolve();
      }
    });
    const server = await serveMesh({ status, limits: { stallMs: 1 } });
    const socket = connect(server.address.port, '127.0.0.1');
    socket.write(streamRequest(check));
    await ended.promise;
    socket.destroy();
  });
});

describe('a stream', () => {
  /** Gives one finding, and ends only with its signal. */
  function waitingSource() {
    const ended = Promise.withResolvers<void>();
    const status = statusOf(async function* (signal) {
      yield finding('first');
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        else signal.addEventListener('abort', () => resolve());
      });
      ended.resolve();
    });
    return { status, ended: ended.promise };
  }

  test('ends when its client leaves it', async () => {
    const { status, ended } = waitingSource();
    const { address } = await serveMesh({ status });
    using mesh = connectMesh({ address });
    for await (const { name } of mesh.status.check({})) {
      expect(name).toBe('first');
      break;
    }
    await ended;
  });

  test('ends when its client is gone', async () => {
    const { status, ended } = waitingSource();
    const server = await serveMesh({ status });
    const socket = connect(server.address.port, '127.0.0.1');
    socket.write(streamRequest(check));
    await once(socket, 'data');
    socket.destroy();
    await ended;
    expect(server.lines).toEqual([]);
  });

  test('ends when the agent stops, and its client is told', async () => {
    const { status, ended } = waitingSource();
    const stopping = new AbortController();
    const { address } = await serveMesh({ status, stopping: stopping.signal });
    using mesh = connectMesh({ address });
    const reading = async (): Promise<void> => {
      for await (const _ of mesh.status.check({})) stopping.abort();
    };
    await expect(reading()).rejects.toMatchObject({
      name: 'ClientError',
      message: 'the agent is stopping',
    });
    await ended;
  });
});

type Check = NonNullable<NonNullable<Parameters<typeof serveMesh>[0]>['status']>['check'];

function finding(name: string): CheckFinding {
  return { group: 'g', name, status: 'ok', message: 'fine', at: 0 };
}

function statusOf(source: Check) {
  const none = (): never => {
    throw new Error('not asked here');
  };
  return { watch: none, watchMatrix: none, check: source };
}

/** A request for a stream with an empty message, as `application/connect+json` frames it. */
function streamRequest(path: string): Buffer {
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: localhost',
    'Content-Type: application/connect+json',
    'Content-Length: 7',
  ];
  return Buffer.concat([
    Buffer.from(`${head.join('\r\n')}\r\n\r\n`),
    Buffer.from('\0\0\0\0\x02{}'),
  ]);
}
