import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2';
import { type Client, createClient } from '@chancery/client';
import { freePorts, labAgent, liveHeap, startProgram, until } from '@chancery/testing';
import { expect, test } from 'vitest';
import { deltaPath, field, grpcMessage } from './grpc-message.ts';

const streams = 2000;
const atOnce = 50;
const notFound = '5';
/** What is left of a stream would be kilobytes: its memory, its state, its buffers. */
const mostGrowthBytes = streams * 500;

const cluster = 'type.googleapis.com/envoy.config.cluster.v3.Cluster';

interface Opening {
  readonly frame: Buffer;
  /** A stranger is given time to be registered; what cannot be understood is answered at once. */
  readonly answered: boolean;
}

const stranger = grpcMessage(field(1, field(1, 'stranger')), field(2, cluster));

/** First messages that lead to nothing, each in its own way. */
const openings: readonly Opening[] = [
  { frame: stranger, answered: false },
  // No node, no protobuf, and compressed though nothing was agreed.
  { frame: grpcMessage(field(2, cluster)), answered: true },
  { frame: grpcMessage(Buffer.from([0xff, 0xff, 0xff])), answered: true },
  { frame: Buffer.from([1, 0, 0, 0, 1, 0]), answered: true },
];

function open(session: ClientHttp2Session): ClientHttp2Stream {
  const stream = session.request({
    ':method': 'POST',
    ':path': deltaPath,
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  stream.on('error', () => undefined);
  stream.resume();
  return stream;
}

/** Connects, says something that leads to nothing, and leaves when that is clear. */
async function rejected(port: number, { frame, answered }: Opening): Promise<void> {
  const session = connect(`http://127.0.0.1:${port}`);
  const stream = open(session);
  await new Promise((resolve) => stream.write(frame, resolve));
  if (answered) await once(stream, 'response');
  stream.close(constants.NGHTTP2_CANCEL);
  const closed = once(session, 'close');
  session.close();
  await closed;
}

async function rejectedStreams(port: number, count: number): Promise<void> {
  for (let done = 0; done < count; done += atOnce) {
    const batch = Array.from({ length: atOnce }, (_, at) => openings[at % openings.length]);
    await Promise.all(batch.map((opening) => opening && rejected(port, opening)));
  }
}

/** Waits to be registered, and resolves with the status that ends it. */
async function patientStranger(port: number): Promise<unknown> {
  const session = connect(`http://127.0.0.1:${port}`);
  const stream = open(session);
  stream.write(stranger);
  const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];
  session.destroy();
  return headers['grpc-status'];
}

interface Footprint {
  readonly xds: Readonly<Record<string, string>>;
  readonly watchers: string | undefined;
  readonly descriptors: number;
}

/** All that the agent holds, but for memory; what only counts up is left out. */
async function footprint({ agent }: Client, pid: number): Promise<Footprint> {
  const { xds, store } = (await agent.self()).Stats;
  const { streams = '', connections = '', proxies = '' } = xds ?? {};
  return {
    xds: { streams, connections, proxies },
    watchers: store?.['watchers'],
    descriptors: (await readdir(`/proc/${pid}/fd`)).length,
  };
}

test(`${streams} streams that lead to nothing leave nothing behind at the agent`, async () => {
  await using stack = new AsyncDisposableStack();
  const [http = 0, grpc = 0, inspector = 0] = await freePorts(3);
  const args = ['agent', '-dev', '-http-port', `${http}`, '-grpc-port', `${grpc}`];
  const env = { ...process.env, NODE_OPTIONS: `--inspect=127.0.0.1:${inspector}` };
  const { pid } = stack.use(startProgram({ program: labAgent().path, args, env }));
  const address = { kind: 'tcp', scheme: 'http', host: '127.0.0.1', port: http } as const;
  const client = stack.use(createClient({ address }));
  await until(() => client.agent.self(), { withinMs: 15_000, what: 'the agent answered' });

  const fresh = await footprint(client, pid);
  await rejectedStreams(grpc, streams / 2);
  const before = await liveHeap(inspector);
  await rejectedStreams(grpc, streams);
  expect(await Promise.all(Array.from({ length: atOnce }, () => patientStranger(grpc)))).toEqual(
    Array(atOnce).fill(notFound),
  );

  await until(
    async () => {
      expect(await footprint(client, pid)).toEqual(fresh);
      const { used, outside } = await liveHeap(inspector);
      expect(used - before.used).toBeLessThan(mostGrowthBytes);
      expect(outside - before.outside).toBeLessThan(mostGrowthBytes);
      return true;
    },
    { withinMs: 20_000, everyMs: 200, what: 'the agent held no more than when it was fresh' },
  );
});
