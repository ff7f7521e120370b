import {
  type TransportSocket,
  TransportSocketSchema,
} from '@chancery/envoy-api/envoy/config/core/v3/base';
import {
  type TlsParameters,
  TlsParameters_TlsProtocol,
  TlsParametersSchema,
} from '@chancery/envoy-api/envoy/extensions/transport_sockets/tls/v3/common';
import {
  type CommonTlsContext,
  CommonTlsContextSchema,
  DownstreamTlsContextSchema,
  UpstreamTlsContextSchema,
} from '@chancery/envoy-api/envoy/extensions/transport_sockets/tls/v3/tls';
import type { ClusterResource, TlsNames, TlsVersion } from '../plan/resources.ts';
import { readSecretName } from './read-config-source.ts';
import { readValidation } from './read-validation.ts';
import { below, type Reading, refuse, understood } from './reading.ts';
import { unpack } from './typed-config.ts';

/** Reads the TLS of a listener. A certificate of the client is always required. */
export function readDownstreamTls(at: Reading, socket: TransportSocket): TlsNames | undefined {
  const inside = below(at, 'typed_config');
  const context = unpack(inside, DownstreamTlsContextSchema, typedConfig(at, socket));
  if (context === undefined) return undefined;
  understood(inside, DownstreamTlsContextSchema, context, [
    'commonTlsContext',
    'requireClientCertificate',
    // No session is ever resumed here.
    'disableStatelessSessionResumption',
    'disableStatefulSessionResumption',
  ]);
  if (context.requireClientCertificate !== true) {
    refuse(below(inside, 'require_client_certificate'), 'must be true');
  }
  return readCommon(below(inside, 'common_tls_context'), context.commonTlsContext);
}

/** Reads the TLS of a cluster. It has to say whom the cluster may talk to: any peer of the mesh is not enough. */
export function readUpstreamTls(at: Reading, socket: TransportSocket): ClusterResource['tls'] {
  const inside = below(at, 'typed_config');
  const context = unpack(inside, UpstreamTlsContextSchema, typedConfig(at, socket));
  if (context === undefined) return undefined;
  understood(inside, UpstreamTlsContextSchema, context, [
    'commonTlsContext',
    'sni',
    // No session is ever resumed here.
    'maxSessionKeys',
  ]);
  const common = readCommon(below(inside, 'common_tls_context'), context.commonTlsContext);
  if (common?.identities.length === 0) {
    refuse(below(inside, 'common_tls_context'), 'must name the URI of the peer');
  }
  return common && { ...common, sni: context.sni };
}

function typedConfig(at: Reading, socket: TransportSocket) {
  understood(at, TransportSocketSchema, socket, ['name', 'typedConfig']);
  return socket.configType.value;
}

function readCommon(at: Reading, context: CommonTlsContext | undefined): TlsNames | undefined {
  if (context === undefined) return refuse(at, 'is missing');
  understood(at, CommonTlsContextSchema, context, [
    'tlsParams',
    'tlsCertificateSdsSecretConfigs',
    'validationContextSdsSecretConfig',
    'combinedValidationContext',
  ]);
  const versions = readVersions(below(at, 'tls_params'), context.tlsParams);
  const leaf = readLeafName(below(at, 'tls_certificate_sds_secret_configs'), context);
  const validation = readValidation(at, context.validationContextType);
  if (versions === undefined || leaf === undefined || validation === undefined) return undefined;
  return { leaf, ...validation, ...versions };
}

function readLeafName(at: Reading, context: CommonTlsContext): string | undefined {
  const [only, ...more] = context.tlsCertificateSdsSecretConfigs;
  if (only === undefined || more.length > 0) return refuse(at, 'must name exactly one secret');
  return readSecretName(below(at, 0), only);
}

function readVersions(
  at: Reading,
  parameters: TlsParameters | undefined,
): Pick<TlsNames, 'minVersion' | 'maxVersion'> | undefined {
  if (parameters === undefined) return { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' };
  understood(at, TlsParametersSchema, parameters, [
    'tlsMinimumProtocolVersion',
    'tlsMaximumProtocolVersion',
  ]);
  const { tlsMinimumProtocolVersion: min, tlsMaximumProtocolVersion: max } = parameters;
  const minVersion = readVersion(below(at, 'tls_minimum_protocol_version'), min, 'TLSv1.2');
  const maxVersion = readVersion(below(at, 'tls_maximum_protocol_version'), max, 'TLSv1.3');
  if (minVersion === undefined || maxVersion === undefined) return undefined;
  if (minVersion > maxVersion) return refuse(at, 'has a minimum above its maximum');
  return { minVersion, maxVersion };
}

function readVersion(
  at: Reading,
  version: TlsParameters_TlsProtocol,
  automatic: TlsVersion,
): TlsVersion | undefined {
  switch (version) {
    case TlsParameters_TlsProtocol.TLS_AUTO:
      return automatic;
    case TlsParameters_TlsProtocol.TLSv1_2:
      return 'TLSv1.2';
    case TlsParameters_TlsProtocol.TLSv1_3:
      return 'TLSv1.3';
    default:
      return refuse(at, 'must be TLSv1_2 or TLSv1_3');
  }
}
