import { create, fromBinary } from '@bufbuild/protobuf';
import { AnySchema } from '@bufbuild/protobuf/wkt';
import { ClusterSchema } from '@chancery/envoy-api/envoy/config/cluster/v3/cluster';
import { TypedExtensionConfigSchema } from '@chancery/envoy-api/envoy/config/core/v3/extension';
import { ClusterLoadAssignmentSchema } from '@chancery/envoy-api/envoy/config/endpoint/v3/endpoint';
import { ListenerSchema } from '@chancery/envoy-api/envoy/config/listener/v3/listener';
import { RouteConfigurationSchema } from '@chancery/envoy-api/envoy/config/route/v3/route';
import { SecretSchema } from '@chancery/envoy-api/envoy/extensions/transport_sockets/tls/v3/secret';
import { expect, test } from 'vitest';
import { duration, encode, pack } from './encode.ts';
import { typeUrlOf, typeUrls } from './type-urls.ts';

test('the type URLs are those of the messages', () => {
  expect(typeUrls).toEqual({
    cluster: typeUrlOf(ClusterSchema),
    endpoints: typeUrlOf(ClusterLoadAssignmentSchema),
    listener: typeUrlOf(ListenerSchema),
    routes: typeUrlOf(RouteConfigurationSchema),
    secret: typeUrlOf(SecretSchema),
    extensionConfig: typeUrlOf(TypedExtensionConfigSchema),
  });
});

test.for([
  [0, 0n, 0],
  [1, 0n, 1_000_000],
  [1500, 1n, 500_000_000],
  [0.25, 0n, 250_000],
  [60_000, 60n, 0],
] as const)('%d ms are %d seconds and %d nanoseconds', ([ms, seconds, nanos]) => {
  expect(duration(ms)).toMatchObject({ seconds, nanos });
});

test('equal messages have equal encodings, whatever the order in which they were filled', () => {
  const there = create(ClusterSchema, { name: 'db', connectTimeout: duration(5) });
  const back = create(ClusterSchema, { connectTimeout: duration(5), name: 'db' });
  expect(encode(ClusterSchema, there)).toEqual(encode(ClusterSchema, back));
});

test('a packed message is found again by its type URL', () => {
  const packed = pack(ClusterSchema, create(ClusterSchema, { name: 'db' }));
  expect(packed.$typeName).toBe(AnySchema.typeName);
  expect(packed.typeUrl).toBe(typeUrls.cluster);
  expect(fromBinary(ClusterSchema, packed.value).name).toBe('db');
});
