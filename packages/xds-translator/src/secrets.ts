import { create } from '@bufbuild/protobuf';
import { typeUrls } from '@chancery/envoy-api';
import { type DataSource, DataSourceSchema } from '@chancery/envoy-api/envoy/config/core/v3/base';
import {
  type Secret,
  SecretSchema,
} from '@chancery/envoy-api/envoy/extensions/transport_sockets/tls/v3/secret';
import { encodeResource } from './encode-resource.ts';
import type { Resource } from './resource.ts';

/** The SDS secret that a proxy proves itself with. The result holds a private key: it is for a stream, never for a log. */
export function leafSecret(
  name: string,
  leaf: { readonly certificatePem: string; readonly privateKeyPem: string },
): Resource {
  const tlsCertificate = {
    certificateChain: inline(leaf.certificatePem),
    privateKey: inline(leaf.privateKeyPem),
  };
  return resource(
    create(SecretSchema, { name, type: { case: 'tlsCertificate', value: tlsCertificate } }),
  );
}

/** The SDS secret that peers are checked against: the roots of one trust domain, as PEM one after the other. */
export function rootsSecret(name: string, pem: string): Resource {
  const validationContext = { trustedCa: inline(pem) };
  return resource(
    create(SecretSchema, { name, type: { case: 'validationContext', value: validationContext } }),
  );
}

function resource(secret: Secret): Resource {
  return encodeResource(typeUrls.secret, secret.name, SecretSchema, secret);
}

function inline(text: string): DataSource {
  return create(DataSourceSchema, { specifier: { case: 'inlineString', value: text } });
}
