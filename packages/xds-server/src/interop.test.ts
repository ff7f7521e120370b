import { create, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { typeUrls } from '@chancery/envoy-api';
import { AggregatedDiscoveryService } from '@chancery/envoy-api/envoy/service/discovery/v3/ads';
import {
  DeltaDiscoveryRequestSchema,
  type DeltaDiscoveryResponse,
  DeltaDiscoveryResponseSchema,
  type DiscoveryRequestSchema,
  type DiscoveryResponse,
} from '@chancery/envoy-api/envoy/service/discovery/v3/discovery';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js';
import { expect, test } from 'vitest';
import { resource } from './testing/script.ts';
import { createXdsServer } from './xds-server.ts';

const local = { host: '127.0.0.1', port: 0 };
const node = { id: 'web-proxy', userAgentName: 'test' };

/** What a client sends, as something it can wait on. */
class Outbox<T> implements AsyncIterable<T> {
  readonly #queue: T[] = [];
  #wake: () => void = () => {};
  #ended = false;

  push(message: T): void {
    this.#queue.push(message);
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<T> {
    while (!this.#ended) {
      yield* this.#queue.splice(0);
      if (this.#queue.length === 0 && !this.#ended) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }
}

test('a connect-node client is served the delta variant, and told why its stream ends', async () => {
  await using server = createXdsServer();
  const { port } = await server.listen(local);
  server.publish('web-proxy', { revision: 1, resources: [resource('cluster', 'db', 'a')] });
  const transport = createGrpcTransport({ baseUrl: `http://127.0.0.1:${port}` });
  const client = createClient(AggregatedDiscoveryService, transport);
  const outbox = new Outbox<MessageInitShape<typeof DeltaDiscoveryRequestSchema>>();
  const inbox = client.deltaAggregatedResources(outbox)[Symbol.asyncIterator]();
  outbox.push({ node, typeUrl: typeUrls.cluster });
  const first: DeltaDiscoveryResponse = (await inbox.next()).value;
  expect(first.resources.map((it) => [it.name, it.version])).toEqual([['db', 'a']]);
  expect(first.resources[0]?.resource?.typeUrl).toBe(typeUrls.cluster);
  outbox.push({ typeUrl: typeUrls.cluster, responseNonce: first.nonce });
  server.publish('web-proxy', { revision: 2, resources: [] });
  const second: DeltaDiscoveryResponse = (await inbox.next()).value;
  expect(second.removedResources).toEqual(['db']);
  server.withdraw('web-proxy');
  const error = ConnectError.from(await inbox.next().catch((reason: unknown) => reason));
  expect([error.code, error.rawMessage]).toEqual([
    Code.NotFound,
    'proxy "web-proxy" is not registered',
  ]);
  outbox.end();
});

test('a connect-node client is served state of the world', async () => {
  await using server = createXdsServer();
  const { port } = await server.listen(local);
  server.publish('web-proxy', {
    revision: 1,
    resources: [resource('cluster', 'db', 'a'), resource('cluster', 'api', 'a')],
  });
  const transport = createGrpcTransport({ baseUrl: `http://127.0.0.1:${port}` });
  const client = createClient(AggregatedDiscoveryService, transport);
  const outbox = new Outbox<MessageInitShape<typeof DiscoveryRequestSchema>>();
  const inbox = client.streamAggregatedResources(outbox)[Symbol.asyncIterator]();
  outbox.push({ node, typeUrl: typeUrls.cluster });
  const first: DiscoveryResponse = (await inbox.next()).value;
  const bodies = first.resources.map((it) => [it.typeUrl, new TextDecoder().decode(it.value)]);
  expect(bodies).toEqual([
    [typeUrls.cluster, 'a'],
    [typeUrls.cluster, 'a'],
  ]);
  expect(first.versionInfo).toMatch(/^[0-9a-f]{32}$/);
  outbox.end();
});

test('a grpc-js client is served the delta variant, and a call that is not served is UNIMPLEMENTED', async () => {
  await using server = createXdsServer();
  const { port } = await server.listen(local);
  server.publish('web-proxy', { revision: 1, resources: [resource('cluster', 'db', 'a')] });
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  const open = (path: string) =>
    client.makeBidiStreamRequest<
      MessageInitShape<typeof DeltaDiscoveryRequestSchema>,
      DeltaDiscoveryResponse
    >(
      path,
      (it) =>
        Buffer.from(toBinary(DeltaDiscoveryRequestSchema, create(DeltaDiscoveryRequestSchema, it))),
      (bytes) => fromBinary(DeltaDiscoveryResponseSchema, bytes),
    );
  const call = open(
    '/envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources',
  );
  call.write({ node, typeUrl: typeUrls.cluster });
  const response = await new Promise<DeltaDiscoveryResponse>((resolve) =>
    call.once('data', resolve),
  );
  expect(response.resources.map((it) => it.name)).toEqual(['db']);
  const ended = new Promise<ServiceError>((resolve) => call.once('status', resolve));
  call.end();
  expect((await ended).code).toBe(status.OK);
  const other = open('/envoy.service.cluster.v3.ClusterDiscoveryService/DeltaClusters');
  const error = await new Promise<ServiceError>((resolve) => other.once('error', resolve));
  expect(error.code).toBe(status.UNIMPLEMENTED);
  client.close();
});
