import { type DataSource, DataSourceSchema } from '@chancery/envoy-api/envoy/config/core/v3/base';
import {
  type CertificateValidationContext,
  CertificateValidationContextSchema,
  type TlsCertificate,
  TlsCertificateSchema,
} from '@chancery/envoy-api/envoy/extensions/transport_sockets/tls/v3/common';
import { SecretSchema } from '@chancery/envoy-api/envoy/extensions/transport_sockets/tls/v3/secret';
import type { LeafResource, RootsResource } from '../plan/resources.ts';
import { below, type Reading, refuse, understood } from './reading.ts';
import { decode } from './typed-config.ts';

/** Reads a secret: a certificate with its key, or roots. No refusal shows what is in it. */
export function readSecret(
  at: Reading,
  bytes: Uint8Array,
): LeafResource | RootsResource | undefined {
  const secret = decode(at, SecretSchema, bytes);
  if (secret === undefined) return undefined;
  understood(at, SecretSchema, secret, ['name', 'tlsCertificate', 'validationContext']);
  const { case: kind, value } = secret.type;
  if (kind === 'tlsCertificate') return readLeaf(below(at, 'tls_certificate'), secret.name, value);
  if (kind === 'validationContext') {
    return readRoots(below(at, 'validation_context'), secret.name, value);
  }
  return kind === undefined ? refuse(at, 'is empty') : undefined;
}

function readLeaf(at: Reading, name: string, message: TlsCertificate): LeafResource | undefined {
  understood(at, TlsCertificateSchema, message, ['certificateChain', 'privateKey']);
  const chain = readInline(below(at, 'certificate_chain'), message.certificateChain);
  const key = readInline(below(at, 'private_key'), message.privateKey);
  if (chain === undefined || key === undefined) return undefined;
  return { kind: 'leaf', name, certificateChain: chain, revealPrivateKey: () => key };
}

function readRoots(
  at: Reading,
  name: string,
  message: CertificateValidationContext,
): RootsResource | undefined {
  understood(at, CertificateValidationContextSchema, message, ['trustedCa']);
  const certificates = readInline(below(at, 'trusted_ca'), message.trustedCa);
  return certificates === undefined ? undefined : { kind: 'roots', name, certificates };
}

function readInline(at: Reading, source: DataSource | undefined): string | undefined {
  if (source === undefined) return refuse(at, 'is missing');
  understood(at, DataSourceSchema, source, ['inlineString', 'inlineBytes']);
  const { case: kind, value } = source.specifier;
  if (kind === 'inlineBytes') return new TextDecoder().decode(value);
  return kind === 'inlineString' ? value : refuse(at, 'must be inline');
}
