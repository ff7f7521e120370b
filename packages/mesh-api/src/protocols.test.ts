import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { Code, type Transport } from '@connectrpc/connect';
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from '@connectrpc/connect-node';
import {
  Client,
  credentials,
  status as grpcStatus,
  Metadata,
  type ServiceError,
} from '@grpc/grpc-js';
import { describe, expect, test } from 'vitest';
import {
  type WaitAppliedRequest,
  WaitAppliedRequestSchema,
  type WaitAppliedResponse,
  WaitAppliedResponseSchema,
} from '../gen/chancery/mesh/v1/proxies_pb.ts';
import {
  type CheckRequest,
  CheckRequestSchema,
  type CheckResponse,
  CheckResponseSchema,
} from '../gen/chancery/mesh/v1/status_pb.ts';
import { meshClient } from './client/mesh-client.ts';
import type { MeshApiDependencies } from './dependencies.ts';
import type { CheckFinding } from './status/check-finding.ts';
import { proxySource, serveMesh } from './testing/mesh-server.ts';

const findings = ['first', 'second'].map(
  (name): CheckFinding => ({ group: 'g', name, status: 'ok', message: 'fine', at: 0 }),
);

const parts: Partial<MeshApiDependencies> = {
  proxies: proxySource(),
  status: {
    watch: () => none(),
    watchMatrix: () => none(),
    check: async function* () {
      yield* findings;
    },
  },
};

async function* none(): AsyncGenerator<never> {}

describe.for<readonly [string, 1 | 2, (baseUrl: string) => Transport]>([
  [
    'Connect over HTTP/1.1',
    1,
    (baseUrl) => createConnectTransport({ baseUrl, httpVersion: '1.1' }),
  ],
  [
    'Connect over HTTP/1.1, by GET where it can be',
    1,
    (baseUrl) => createConnectTransport({ baseUrl, httpVersion: '1.1', useHttpGet: true }),
  ],
  [
    'Connect over HTTP/1.1, as JSON',
    1,
    (baseUrl) => createConnectTransport({ baseUrl, httpVersion: '1.1', useBinaryFormat: false }),
  ],
  ['Connect over HTTP/2', 2, (baseUrl) => createConnectTransport({ baseUrl, httpVersion: '2' })],
  [
    'gRPC-Web over HTTP/1.1',
    1,
    (baseUrl) => createGrpcWebTransport({ baseUrl, httpVersion: '1.1' }),
  ],
  ['gRPC-Web over HTTP/2', 2, (baseUrl) => createGrpcWebTransport({ baseUrl, httpVersion: '2' })],
  ['gRPC', 2, (baseUrl) => createGrpcTransport({ baseUrl })],
])('%s', ([, version, transportTo]) => {
  test('carries a call, a stream and a refusal', async () => {
    const { url } = await serveMesh(parts, version);
    const mesh = meshClient(transportTo(url));
    expect(await mesh.proxies.waitApplied({ revision: 1n })).toMatchObject({ affected: 2 });
    const names: string[] = [];
    for await (const { name } of mesh.status.check({})) names.push(name);
    expect(names).toEqual(['first', 'second']);
    await expect(mesh.proxies.waitApplied({ revision: 9n })).rejects.toMatchObject({
      rawMessage: expect.stringContaining('revision 9 is not there'),
    });
  });
});

test.for([1, 2] as const)(
  'a message that is far too large is told so, and the connection goes on, over HTTP/%d',
  async (version) => {
    const limits = { maxMessageBytes: 1000, maxChangeBytes: 1000 };
    const { url } = await serveMesh({ ...parts, limits }, version);
    const httpVersion = version === 1 ? '1.1' : '2';
    const mesh = meshClient(createConnectTransport({ baseUrl: url, httpVersion }));
    const reason = 'x'.repeat(5_000_000);
    await expect(mesh.changes.apply({ reason })).rejects.toMatchObject({
      code: Code.ResourceExhausted,
      rawMessage: expect.stringContaining('The change is too large: at most 1000 bytes are read'),
    });
    expect(await mesh.proxies.waitApplied({ revision: 1n })).toMatchObject({ affected: 2 });
  },
);

describe('grpc-js', () => {
  const wait = '/chancery.mesh.v1.ProxyService/WaitApplied';
  const toRequest = (message: WaitAppliedRequest) =>
    Buffer.from(toBinary(WaitAppliedRequestSchema, message));
  const fromResponse = (bytes: Buffer) => fromBinary(WaitAppliedResponseSchema, bytes);

  async function connect(replaced: Partial<MeshApiDependencies> = {}) {
    const { address } = await serveMesh({ ...parts, ...replaced }, 2);
    const client = new Client(`127.0.0.1:${address.port}`, credentials.createInsecure());
    return { client, [Symbol.dispose]: () => client.close() };
  }

  function waitApplied(client: Client, revision: bigint) {
    const message = { $typeName: 'chancery.mesh.v1.WaitAppliedRequest', revision } as const;
    return new Promise<WaitAppliedResponse | undefined>((resolve, reject) => {
      client.makeUnaryRequest(wait, toRequest, fromResponse, message, (error, response) =>
        error ? reject(error) : resolve(response),
      );
    });
  }

  test('is answered, and told what is wrong by status and message', async () => {
    using connected = await connect();
    expect(await waitApplied(connected.client, 1n)).toMatchObject({ affected: 2 });
    await expect(waitApplied(connected.client, 9n)).rejects.toMatchObject({
      code: grpcStatus.OUT_OF_RANGE,
      details: expect.stringContaining('revision 9 is not there'),
    } satisfies Partial<ServiceError>);
  });

  test('is refused what it may not do, and a path that is not there', async () => {
    using connected = await connect({ authorise: () => false });
    await expect(waitApplied(connected.client, 1n)).rejects.toMatchObject({
      code: grpcStatus.PERMISSION_DENIED,
      details: expect.stringContaining('"anonymous" lacks permission'),
    });
    const nothing = new Promise((_resolve, reject) => {
      const path = '/chancery.mesh.v1.ProxyService/Nothing';
      connected.client.makeUnaryRequest(path, Buffer.from, Buffer.from, Buffer.of(), reject);
    });
    await expect(nothing).rejects.toMatchObject({ code: grpcStatus.UNIMPLEMENTED });
  });

  test('reads a stream, and ends it when it cancels', async () => {
    const ended = Promise.withResolvers<void>();
    using connected = await connect({
      status: {
        watch: () => none(),
        watchMatrix: () => none(),
        check: async function* (signal) {
          yield* findings;
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          ended.resolve();
        },
      },
    });
    const stream = connected.client.makeServerStreamRequest(
      '/chancery.mesh.v1.StatusService/Check',
      (message: CheckRequest) => Buffer.from(toBinary(CheckRequestSchema, message)),
      (bytes: Buffer): CheckResponse => fromBinary(CheckResponseSchema, bytes),
      { $typeName: 'chancery.mesh.v1.CheckRequest' },
      new Metadata(),
    );
    stream.on('error', () => undefined);
    const names: string[] = [];
    await new Promise<void>((resolve) =>
      stream.on('data', ({ name }: CheckResponse) => {
        names.push(name);
        if (names.length === 2) resolve();
      }),
    );
    stream.cancel();
    await ended.promise;
    expect(names).toEqual(['first', 'second']);
  });
});
