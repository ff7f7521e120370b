import { create } from '@bufbuild/protobuf';
import { ClusterSchema } from '@chancery/envoy-api/envoy/config/cluster/v3/cluster';
import { SecretSchema } from '@chancery/envoy-api/envoy/extensions/transport_sockets/tls/v3/secret';
import {
  DownstreamTlsContextSchema,
  UpstreamTlsContextSchema,
} from '@chancery/envoy-api/envoy/extensions/transport_sockets/tls/v3/tls';
import { expect, test } from 'vitest';
import { duration, encode, pack } from './encode.ts';
import { readableResource } from './readable-resource.ts';
import { typeUrls } from './type-urls.ts';

const inline = (text: string) => ({ specifier: { case: 'inlineString', value: text } }) as const;
const certificate = { certificateChain: inline('chain'), privateKey: inline('the key') };

test('a resource reads as Envoy documents it', () => {
  const cluster = create(ClusterSchema, { name: 'db', connectTimeout: duration(5000) });
  const body = encode(ClusterSchema, cluster);
  expect(readableResource({ typeUrl: typeUrls.cluster, body })).toEqual({
    name: 'db',
    connect_timeout: '5s',
  });
});

test('the key of a secret is left out, and its certificate is not', () => {
  const secret = create(SecretSchema, {
    name: 'leaf',
    type: { case: 'tlsCertificate', value: certificate },
  });
  const read = readableResource({
    typeUrl: typeUrls.secret,
    body: encode(SecretSchema, secret),
  });
  expect(read).toEqual({
    name: 'leaf',
    tls_certificate: { certificate_chain: { inline_string: 'chain' }, private_key: '[secret]' },
  });
});

test('secrets are left out however deep they stand, in lists, maps and what is packed', () => {
  const common = { commonTlsContext: { tlsCertificates: [certificate] } };
  const upstream = pack(UpstreamTlsContextSchema, create(UpstreamTlsContextSchema, common));
  const downstream = pack(DownstreamTlsContextSchema, create(DownstreamTlsContextSchema, common));
  const cluster = create(ClusterSchema, {
    name: 'db',
    transportSocket: { name: 'tls', configType: { case: 'typedConfig', value: upstream } },
    typedExtensionProtocolOptions: { odd: downstream },
    metadata: { filterMetadata: { plain: { private_key: 'no secret: a name like any other' } } },
  });
  const body = encode(ClusterSchema, cluster);
  const text = JSON.stringify(readableResource({ typeUrl: typeUrls.cluster, body }));
  expect(text).not.toContain('the key');
  expect(text.match(/\[secret\]/g)).toHaveLength(2);
  expect(text).toContain('no secret: a name like any other');
});

test('what is of no known type cannot be read', () => {
  const body = new Uint8Array();
  expect(() => readableResource({ typeUrl: 'type.googleapis.com/none', body })).toThrow(
    'none is not in the registry',
  );
});
