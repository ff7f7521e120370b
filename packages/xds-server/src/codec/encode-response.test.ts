import { fromBinary } from '@bufbuild/protobuf';
import { typeUrls } from '@chancery/envoy-api';
import { ClusterLoadAssignmentSchema } from '@chancery/envoy-api/envoy/config/endpoint/v3/endpoint';
import {
  DeltaDiscoveryResponseSchema,
  DiscoveryResponseSchema,
} from '@chancery/envoy-api/envoy/service/discovery/v3/discovery';
import { expect, test } from 'vitest';
import type { Response } from '../protocol/event.ts';
import { createResponseEncoder } from './encode-response.ts';
import { protocolRules } from './protocol-rules.ts';
import { joined } from './wire.ts';

const sizes = [0, 1, 127, 128, 16_383, 16_384, 300_000];
const resources = sizes.map((size) => ({
  typeUrl: typeUrls.cluster,
  name: `größe-${size}`,
  hash: `h${size}`,
  body: new Uint8Array(size).fill(size % 251),
}));
const response: Response = {
  typeUrl: typeUrls.cluster,
  nonce: '00000007',
  version: '42',
  revision: 42,
  resources,
  changed: resources,
  removed: ['gone', 'away'],
};

test('a delta response reads as the message of the protocol', () => {
  const bytes = joined(createResponseEncoder().delta(response));
  const decoded = fromBinary(DeltaDiscoveryResponseSchema, bytes);
  expect(decoded).toMatchObject({
    systemVersionInfo: '42',
    typeUrl: typeUrls.cluster,
    nonce: '00000007',
    removedResources: ['gone', 'away'],
  });
  expect(decoded.$unknown).toBeUndefined();
  const read = decoded.resources.map(({ name, version, resource }) => ({
    typeUrl: resource?.typeUrl,
    name,
    hash: version,
    body: resource?.value,
  }));
  expect(read).toEqual(resources);
});

test('a state-of-the-world response reads as the message of the protocol', () => {
  const bytes = joined(createResponseEncoder().sotw(response));
  const decoded = fromBinary(DiscoveryResponseSchema, bytes);
  expect(decoded).toMatchObject({
    versionInfo: '42',
    typeUrl: typeUrls.cluster,
    nonce: '00000007',
  });
  expect(decoded.resources.map(({ value }) => value)).toEqual(resources.map(({ body }) => body));
});

test('a body is encoded once, for both variants and under any version', () => {
  const encoder = createResponseEncoder();
  encoder.delta(response);
  encoder.sotw(response);
  encoder.delta({ ...response, resources: resources.map((it) => ({ ...it, hash: 'other' })) });
  expect(encoder.encodings()).toBe(resources.length);
});

test('the empty assignment is one', () => {
  const { body, name } = protocolRules.emptyAssignment('db');
  const decoded = fromBinary(ClusterLoadAssignmentSchema, body);
  expect([decoded.clusterName, decoded.endpoints, name]).toEqual(['db', [], 'db']);
});
