import { type DescMessage, fromBinary, type MessageShape } from '@bufbuild/protobuf';
import type { Any } from '@bufbuild/protobuf/wkt';
import { typeUrlOf } from '@chancery/envoy-api';
import {
  Cluster_DiscoveryType,
  ClusterSchema,
} from '@chancery/envoy-api/envoy/config/cluster/v3/cluster';
import type { TransportSocket } from '@chancery/envoy-api/envoy/config/core/v3/base';
import { TypedExtensionConfigSchema } from '@chancery/envoy-api/envoy/config/core/v3/extension';
import { HealthStatus } from '@chancery/envoy-api/envoy/config/core/v3/health_check';
import { ClusterLoadAssignmentSchema } from '@chancery/envoy-api/envoy/config/endpoint/v3/endpoint';
import type { LbEndpoint } from '@chancery/envoy-api/envoy/config/endpoint/v3/endpoint_components';
import { ListenerSchema } from '@chancery/envoy-api/envoy/config/listener/v3/listener';
import type { Filter } from '@chancery/envoy-api/envoy/config/listener/v3/listener_components';
import type { RBAC } from '@chancery/envoy-api/envoy/config/rbac/v3/rbac';
import { RBACSchema } from '@chancery/envoy-api/envoy/extensions/filters/network/rbac/v3/rbac';
import { SecretSchema } from '@chancery/envoy-api/envoy/extensions/transport_sockets/tls/v3/secret';
import type { CommonTlsContext } from '@chancery/envoy-api/envoy/extensions/transport_sockets/tls/v3/tls';
import {
  DownstreamTlsContextSchema,
  UpstreamTlsContextSchema,
} from '@chancery/envoy-api/envoy/extensions/transport_sockets/tls/v3/tls';

/** What a cluster makes an Envoy ask for. */
export interface ReadCluster {
  readonly name: string;
  /** The name of its endpoints, when they come over EDS. */
  readonly endpoints: string | undefined;
  readonly secrets: readonly string[];
}

/** What a listener makes an Envoy ask for, and the policies it brings along. */
export interface ReadListener {
  readonly name: string;
  readonly secrets: readonly string[];
  /** Names of the extension configs that are discovered. */
  readonly extensions: readonly string[];
  readonly policies: readonly RBAC[];
}

/** Decodes a cluster throughout. */
export function readCluster(body: Uint8Array): ReadCluster {
  const {
    name,
    clusterDiscoveryType: type,
    edsClusterConfig,
    transportSocket,
  } = fromBinary(ClusterSchema, body);
  const isEds = type.case === 'type' && type.value === Cluster_DiscoveryType.EDS;
  const tls = tlsOf(transportSocket, UpstreamTlsContextSchema);
  return {
    name,
    endpoints: isEds ? edsClusterConfig?.serviceName || name : undefined,
    secrets: secretsOf(tls?.commonTlsContext),
  };
}

/** Decodes a listener throughout. */
export function readListener(body: Uint8Array): ReadListener {
  const { name, filterChains } = fromBinary(ListenerSchema, body);
  const filters = filterChains.flatMap((chain) => chain.filters);
  const secrets = filterChains.flatMap(({ transportSocket }) =>
    secretsOf(tlsOf(transportSocket, DownstreamTlsContextSchema)?.commonTlsContext),
  );
  return {
    name,
    secrets,
    extensions: filters.flatMap(discoveredName),
    policies: filters.flatMap(({ configType }) =>
      configType.case === 'typedConfig' ? policyOf(configType.value) : [],
    ),
  };
}

/** The addresses of a load assignment that may be given traffic, in order. */
export function readEndpoints(body: Uint8Array): readonly string[] {
  const { endpoints } = fromBinary(ClusterLoadAssignmentSchema, body);
  return endpoints
    .flatMap(({ lbEndpoints }) => lbEndpoints)
    .filter(isUsable)
    .flatMap(addressOf)
    .sort();
}

/** The policies of an extension config. */
export function readExtension(body: Uint8Array): readonly RBAC[] {
  const { typedConfig } = fromBinary(TypedExtensionConfigSchema, body);
  return typedConfig === undefined ? [] : policyOf(typedConfig);
}

/**
 * Reads a secret.
 *
 * @throws Error when there is nothing in it.
 */
export function readSecret(body: Uint8Array): void {
  const { name, type } = fromBinary(SecretSchema, body);
  if (type.case === undefined) throw new Error(`the secret ${name} is empty`);
}

function isUsable({ healthStatus }: LbEndpoint): boolean {
  return healthStatus === HealthStatus.UNKNOWN || healthStatus === HealthStatus.HEALTHY;
}

function addressOf({ hostIdentifier: host }: LbEndpoint): string[] {
  const address = host.case === 'endpoint' ? host.value.address?.address : undefined;
  if (address?.case !== 'socketAddress') return [];
  const { address: ip, portSpecifier } = address.value;
  return [`${ip}:${portSpecifier.value ?? 0}`];
}

function discoveredName({ name, configType }: Filter): string[] {
  return configType.case === 'configDiscovery' ? [name] : [];
}

function policyOf(config: Any): RBAC[] {
  const rules = opened(config, RBACSchema)?.rules;
  return rules === undefined ? [] : [rules];
}

function tlsOf<T extends typeof UpstreamTlsContextSchema | typeof DownstreamTlsContextSchema>(
  socket: TransportSocket | undefined,
  schema: T,
): MessageShape<T> | undefined {
  const config = socket?.configType;
  return config?.case === 'typedConfig' ? opened(config.value, schema) : undefined;
}

function opened<T extends DescMessage>(any: Any, schema: T): MessageShape<T> | undefined {
  return any.typeUrl === typeUrlOf(schema) ? fromBinary(schema, any.value) : undefined;
}

/** Names of the secrets a TLS context leaves to discovery; none for one that has them within. */
function secretsOf(tls: CommonTlsContext | undefined): string[] {
  if (tls === undefined) return [];
  const own = tls.tlsCertificateSdsSecretConfigs.map(({ name }) => name);
  const { case: kind, value } = tls.validationContextType;
  if (kind === 'validationContextSdsSecretConfig') return [...own, value.name];
  if (kind !== 'combinedValidationContext') return own;
  const peer = value.validationContextSdsSecretConfig;
  return peer === undefined ? own : [...own, peer.name];
}
