import {
  create,
  type DescMessage,
  fromBinary,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf';
import { pack, typeUrls } from '@chancery/envoy-api';
import {
  Cluster_DiscoveryType,
  ClusterSchema,
} from '@chancery/envoy-api/envoy/config/cluster/v3/cluster';
import { TypedExtensionConfigSchema } from '@chancery/envoy-api/envoy/config/core/v3/extension';
import { HealthStatus } from '@chancery/envoy-api/envoy/config/core/v3/health_check';
import { ClusterLoadAssignmentSchema } from '@chancery/envoy-api/envoy/config/endpoint/v3/endpoint';
import { ListenerSchema } from '@chancery/envoy-api/envoy/config/listener/v3/listener';
import { RBAC_Action } from '@chancery/envoy-api/envoy/config/rbac/v3/rbac';
import { RBACSchema } from '@chancery/envoy-api/envoy/extensions/filters/network/rbac/v3/rbac';
import { SecretSchema } from '@chancery/envoy-api/envoy/extensions/transport_sockets/tls/v3/secret';
import { DownstreamTlsContextSchema } from '@chancery/envoy-api/envoy/extensions/transport_sockets/tls/v3/tls';
import {
  DeltaDiscoveryRequestSchema,
  DeltaDiscoveryResponseSchema,
} from '@chancery/envoy-api/envoy/service/discovery/v3/discovery';
import { describe, expect, test } from 'vitest';
import { isMet } from './expectation.ts';
import { Sidecar } from './sidecar.ts';

const cacheCluster = 'cache.default.dc1.internal.11111111.consul';

/** A response with one resource, as a server sends it. */
function response<T extends DescMessage>(
  typeUrl: string,
  name: string,
  schema: T,
  message: MessageShape<T>,
) {
  const value = toBinary(schema, message);
  return create(DeltaDiscoveryResponseSchema, {
    typeUrl,
    nonce: 'n',
    resources: [{ name, resource: { typeUrl, value } }],
  });
}

const cluster = response(
  typeUrls.cluster,
  cacheCluster,
  ClusterSchema,
  create(ClusterSchema, {
    name: cacheCluster,
    clusterDiscoveryType: { case: 'type', value: Cluster_DiscoveryType.EDS },
    edsClusterConfig: {},
  }),
);

function assignment(...ends: readonly (readonly [ip: string, health: HealthStatus])[]) {
  const lbEndpoints = ends.map(([address, healthStatus]) => ({
    healthStatus,
    hostIdentifier: {
      case: 'endpoint' as const,
      value: {
        address: {
          address: {
            case: 'socketAddress' as const,
            value: { address, portSpecifier: { case: 'portValue' as const, value: 80 } },
          },
        },
      },
    },
  }));
  return response(
    typeUrls.endpoints,
    cacheCluster,
    ClusterLoadAssignmentSchema,
    create(ClusterLoadAssignmentSchema, {
      clusterName: cacheCluster,
      endpoints: [{ lbEndpoints }],
    }),
  );
}

const tls = create(DownstreamTlsContextSchema, {
  commonTlsContext: { tlsCertificateSdsSecretConfigs: [{ name: 'leaf' }] },
});
const listener = response(
  typeUrls.listener,
  'in',
  ListenerSchema,
  create(ListenerSchema, {
    name: 'in',
    filterChains: [
      {
        transportSocket: {
          name: 'tls',
          configType: { case: 'typedConfig', value: pack(DownstreamTlsContextSchema, tls) },
        },
        filters: [{ name: 'rbac', configType: { case: 'configDiscovery', value: {} } }],
      },
    ],
  }),
);

function extension(action: RBAC_Action, regex: string) {
  const matcher = { matchPattern: { case: 'safeRegex' as const, value: { regex } } };
  const rbac = create(RBACSchema, {
    rules: {
      action,
      policies: {
        only: {
          principals: [
            { identifier: { case: 'authenticated', value: { principalName: matcher } } },
          ],
        },
      },
    },
  });
  return response(
    typeUrls.extensionConfig,
    'rbac',
    TypedExtensionConfigSchema,
    create(TypedExtensionConfigSchema, { name: 'rbac', typedConfig: pack(RBACSchema, rbac) }),
  );
}

const secret = response(
  typeUrls.secret,
  'leaf',
  SecretSchema,
  create(SecretSchema, { name: 'leaf', type: { case: 'tlsCertificate', value: {} } }),
);

/** What requests ask for: the last word of their type, and names or the nonce. */
function asked(requests: readonly Uint8Array[]): string[] {
  return requests.map((bytes) => {
    const { typeUrl, responseNonce, resourceNamesSubscribe } = fromBinary(
      DeltaDiscoveryRequestSchema,
      bytes,
    );
    return `${typeUrl.split('.').at(-1)} ${responseNonce || resourceNamesSubscribe.join()}`.trim();
  });
}

describe('a sidecar of the benchmark', () => {
  test('asks for what it was told of, as an Envoy does, and says when it has everything', () => {
    const sidecar = new Sidecar('web-1');
    expect(asked([sidecar.hello()])).toEqual(['Cluster']);
    expect(asked(sidecar.take(cluster))).toEqual([
      'Cluster n',
      `ClusterLoadAssignment ${cacheCluster}`,
    ]);
    expect(asked(sidecar.take(assignment()))).toEqual(['ClusterLoadAssignment n', 'Listener']);
    expect(asked(sidecar.take(listener))).toEqual([
      'Listener n',
      'Secret leaf',
      'TypedExtensionConfig rbac',
    ]);
    sidecar.take(secret);
    expect(sidecar.isComplete).toBe(false);
    sidecar.take(extension(RBAC_Action.DENY, 'nobody'));
    expect(sidecar.isComplete).toBe(true);
  });

  test('an endpoint that is unhealthy, or that is not listed, is gone', () => {
    const sidecar = new Sidecar('web-1');
    const one = { kind: 'endpoints', service: 'cache', addresses: ['10.0.0.1:80'] } as const;
    sidecar.take(cluster);
    sidecar.take(
      assignment(['10.0.0.2', HealthStatus.HEALTHY], ['10.0.0.1', HealthStatus.UNKNOWN]),
    );
    expect(isMet(one, sidecar)).toBe(false);
    sidecar.take(
      assignment(['10.0.0.2', HealthStatus.UNHEALTHY], ['10.0.0.1', HealthStatus.HEALTHY]),
    );
    expect(isMet(one, sidecar)).toBe(true);
  });

  test.for([
    [RBAC_Action.DENY, 'spiffe://[^/]+/ns/default/dc/[^/]+/svc/api', true, false],
    [RBAC_Action.DENY, '^spiffe://[^/]+/ns/default/dc/[^/]+/svc/.*$', true, true],
    [RBAC_Action.ALLOW, 'spiffe://11111111.consul/ns/default/dc/dc1/svc/web', true, false],
    [RBAC_Action.ALLOW, 'svc/api', true, true],
  ] as const)('action %s for %s: api denied %s, web denied %s', ([action, regex, api, web]) => {
    const sidecar = new Sidecar('web-1');
    sidecar.take(cluster);
    sidecar.take(assignment());
    sidecar.take(listener);
    const denied = (source: string) => isMet({ kind: 'verdict', source, denied: true }, sidecar);
    expect([denied('api'), denied('web')]).toEqual([false, false]);
    sidecar.take(extension(action, regex));
    expect([denied('api'), denied('web')]).toEqual([api, web]);
  });

  test('what cannot be decoded, and a secret without content, end it', () => {
    const empty = create(SecretSchema, { name: 'leaf' });
    const sidecar = new Sidecar('web-1');
    expect(() => sidecar.take(response(typeUrls.secret, 'leaf', SecretSchema, empty))).toThrow(
      'the secret leaf is empty',
    );
    const broken = create(DeltaDiscoveryResponseSchema, {
      typeUrl: typeUrls.cluster,
      resources: [{ name: 'x', resource: { value: Uint8Array.of(0xff) } }],
    });
    expect(() => sidecar.take(broken)).toThrow();
  });
});
