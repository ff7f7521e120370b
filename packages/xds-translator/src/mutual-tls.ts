import { create } from '@bufbuild/protobuf';
import { pack } from '@chancery/envoy-api';
import {
  type TransportSocket,
  TransportSocketSchema,
} from '@chancery/envoy-api/envoy/config/core/v3/base';
import {
  type SubjectAltNameMatcher,
  SubjectAltNameMatcher_SanType,
  SubjectAltNameMatcherSchema,
  TlsParameters_TlsProtocol,
} from '@chancery/envoy-api/envoy/extensions/transport_sockets/tls/v3/common';
import {
  type SdsSecretConfig,
  SdsSecretConfigSchema,
} from '@chancery/envoy-api/envoy/extensions/transport_sockets/tls/v3/secret';
import {
  type CommonTlsContext,
  CommonTlsContext_CombinedCertificateValidationContextSchema,
  CommonTlsContextSchema,
  DownstreamTlsContextSchema,
  UpstreamTlsContextSchema,
} from '@chancery/envoy-api/envoy/extensions/transport_sockets/tls/v3/tls';
import { overAds } from './over-ads.ts';

/**
 * The secrets that a proxy proves itself with and checks its peers against, by name. Certificates never
 * stand in a listener or cluster: a rotation then changes one secret, and no connection drains.
 */
export interface Credentials {
  readonly leaf: string;
  readonly roots: string;
}

/** The one peer that a cluster may talk to. */
export interface Peer {
  readonly sni: string;
  readonly spiffeId: string;
}

/** TLS for who connects to the proxy: a certificate of the mesh is required. Who it names is for the intentions. */
export function downstreamTls(credentials: Credentials): TransportSocket {
  const context = create(DownstreamTlsContextSchema, {
    requireClientCertificate: true,
    commonTlsContext: tlsContext(credentials, {
      case: 'validationContextSdsSecretConfig',
      value: secret(credentials.roots),
    }),
  });
  return tlsSocket(pack(DownstreamTlsContextSchema, context));
}

/** TLS for whom the proxy dials: the certificate must name exactly the peer. */
export function upstreamTls(credentials: Credentials, peer: Peer): TransportSocket {
  const validation = create(CommonTlsContext_CombinedCertificateValidationContextSchema, {
    defaultValidationContext: { matchTypedSubjectAltNames: [exactUri(peer.spiffeId)] },
    validationContextSdsSecretConfig: secret(credentials.roots),
  });
  const context = create(UpstreamTlsContextSchema, {
    sni: peer.sni,
    commonTlsContext: tlsContext(credentials, {
      case: 'combinedValidationContext',
      value: validation,
    }),
  });
  return tlsSocket(pack(UpstreamTlsContextSchema, context));
}

function tlsContext(
  credentials: Credentials,
  validationContextType: CommonTlsContext['validationContextType'],
): CommonTlsContext {
  return create(CommonTlsContextSchema, {
    tlsParams: { tlsMinimumProtocolVersion: TlsParameters_TlsProtocol.TLSv1_2 },
    tlsCertificateSdsSecretConfigs: [secret(credentials.leaf)],
    validationContextType,
  });
}

function secret(name: string): SdsSecretConfig {
  return create(SdsSecretConfigSchema, { name, sdsConfig: overAds() });
}

function exactUri(uri: string): SubjectAltNameMatcher {
  return create(SubjectAltNameMatcherSchema, {
    sanType: SubjectAltNameMatcher_SanType.URI,
    matcher: { matchPattern: { case: 'exact', value: uri } },
  });
}

function tlsSocket(context: ReturnType<typeof pack>): TransportSocket {
  return create(TransportSocketSchema, {
    name: 'envoy.transport_sockets.tls',
    configType: { case: 'typedConfig', value: context },
  });
}
