import type { RecordShape } from '@chancery/filter';
import { meshGatewayShape, sharedProxyFields } from './proxy-shape.ts';

const upstreamDefaults: RecordShape = {
  fields: {
    Name: 'text',
    Peer: 'text',
    EnvoyListenerJSON: 'text',
    EnvoyClusterJSON: 'text',
    Protocol: 'text',
    ConnectTimeoutMs: 'number',
    Limits: {
      fields: {
        MaxConnections: 'number',
        MaxPendingRequests: 'number',
        MaxConcurrentRequests: 'number',
      },
    },
    PassiveHealthCheck: {
      fields: {
        // Nanoseconds to a filter of Consul; here the text that is shown, as `10s`.
        Interval: 'text',
        MaxFailures: 'number',
        EnforcingConsecutive5xx: 'number',
        MaxEjectionPercent: 'number',
        BaseEjectionTime: 'text',
      },
    },
    MeshGateway: meshGatewayShape,
    BalanceOutboundConnections: 'text',
  },
};

const rateLimits: RecordShape = {
  fields: {
    InstanceLevel: {
      fields: {
        RequestsPerSecond: 'number',
        RequestsMaxBurst: 'number',
        Routes: {
          list: {
            fields: {
              PathExact: 'text',
              PathPrefix: 'text',
              PathRegex: 'text',
              RequestsPerSecond: 'number',
              RequestsMaxBurst: 'number',
            },
          },
        },
      },
    },
  },
};

const serviceDefaults: RecordShape = {
  fields: {
    ...sharedProxyFields,
    Kind: 'text',
    Name: 'text',
    Protocol: 'text',
    MutualTLSMode: 'text',
    ExternalSNI: 'text',
    UpstreamConfig: {
      fields: { Defaults: upstreamDefaults, Overrides: { list: upstreamDefaults } },
    },
    Destination: { fields: { Addresses: { list: 'text' }, Port: 'number' } },
    MaxInboundConnections: 'number',
    LocalConnectTimeoutMs: 'number',
    LocalRequestTimeoutMs: 'number',
    BalanceInboundConnections: 'text',
    RateLimits: rateLimits,
    Meta: { map: 'text' },
  },
};

/**
 * What a filter may select of the config entries of a kind: `/v1/config/…`. Consul 1.20 filters service-defaults only, and
 * answers `filtering not supported for config entry kind=…` to a filter of another kind; undefined says so.
 */
export function configEntryShape(kind: string): RecordShape | undefined {
  return kind === 'service-defaults' ? serviceDefaults : undefined;
}
