import { create } from '@bufbuild/protobuf';
import { encode, typeUrls } from '@chancery/envoy-api';
import { ClusterSchema } from '@chancery/envoy-api/envoy/config/cluster/v3/cluster';
import { expect, test } from 'vitest';
import { shownResource } from './shown-resource.ts';

test('a private key is left out where Envoy would expect none, too', () => {
  const key = '-----BEGIN PRIVATE KEY-----\nMC4CAQAw\n-----END PRIVATE KEY-----';
  const metadata = { filterMetadata: { notes: { kept: `before ${key} after` } } };
  const cluster = create(ClusterSchema, { name: 'db', metadata });
  const body = encode(ClusterSchema, cluster);
  expect(shownResource({ typeUrl: typeUrls.cluster, body })).toEqual({
    name: 'db',
    metadata: { filter_metadata: { notes: { kept: 'before [private key] after' } } },
  });
});
