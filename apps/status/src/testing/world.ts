import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { type TypeName, typeNames } from '@chancery/mesh-api/calls';
import { Action, FieldChangeSchema } from '@chancery/mesh-api/v1/change';
import { type HistoryItem, HistoryItemSchema } from '@chancery/mesh-api/v1/changes';
import {
  type Proxy as MeshProxy,
  ProxySchema,
  ProxyTypeSchema,
  RejectionSchema,
  SyncState,
} from '@chancery/mesh-api/v1/proxies';
import {
  type CertificateRow,
  CertificateRowSchema,
  type IntentionRow,
  IntentionRowSchema,
  type Overview,
  OverviewSchema,
  type ServiceRow,
  ServiceRowSchema,
} from '@chancery/mesh-api/v1/status';

/** A mesh that a test makes up. */
export interface World {
  readonly now: number;
  readonly overview: Overview;
  readonly proxies: readonly MeshProxy[];
  readonly services: readonly ServiceRow[];
  readonly intentions: readonly IntentionRow[];
  readonly certificates: readonly CertificateRow[];
  readonly history: readonly HistoryItem[];
}

const hour = 3_600_000;

/** A point in time, some milliseconds before another. */
function before(now: number, ms: number): ReturnType<typeof timestampFromMs> {
  return timestampFromMs(now - ms);
}

/** A small mesh with a bit of everything: a rejection, a pending type, an offline proxy, an expiring intention. */
export function smallWorld(now: number): World {
  return {
    now,
    overview: overview(now, {
      services: 4,
      instances: 6,
      instancesPassing: 4,
      instancesWarning: 1,
      instancesCritical: 1,
    }),
    proxies: [
      proxy(now, 'api-sidecar-proxy', 'api'),
      rejecting(now),
      proxy(now, 'payments-sidecar-proxy', 'payments', { streams: 0, states: {} }),
      proxy(now, 'web-sidecar-proxy', 'web', { states: { eds: SyncState.PENDING } }),
    ],
    services: [
      service('api', { passing: 2, instances: 2, sidecars: 1, upstreams: ['db', 'payments'] }),
      service('db', { instances: 2, passing: 1, critical: 1, sidecars: 1, tags: ['primary'] }),
      service('payments', { instances: 1, warning: 1, sidecars: 1 }),
      service('web', { instances: 1, passing: 1, sidecars: 1, upstreams: ['api', 'db'] }),
    ],
    intentions: [
      intention(now, 'web', 'api', 'allow', 9),
      intention(now, 'web', 'db', 'deny', 9, {
        description: 'the front end has no business there',
      }),
      intention(now, '*', 'payments', 'deny', 8),
      intention(now, 'api', 'payments', 'allow', 9, {
        expiresAt: timestampFromMs(now + 4.5 * hour),
      }),
    ],
    certificates: [
      certificate(now, 'root', 'Chancery CA Root', 3650.5 * 24 * hour),
      ...['api', 'db', 'web'].map((name, at) => certificate(now, 'leaf', name, (60 + at) * hour)),
      certificate(now, 'leaf', 'payments', 2.5 * hour),
    ],
    history: history(now),
  };
}

/** A mesh of many services, each with a proxy. */
export function largeWorld(now: number, count: number): World {
  const names = Array.from({ length: count }, (_, at) => `service-${String(at).padStart(5, '0')}`);
  return {
    ...smallWorld(now),
    overview: overview(now, {
      services: count,
      instances: count,
      instancesPassing: count,
      proxies: count,
    }),
    services: names.map((name, at) =>
      service(name, {
        instances: 1,
        passing: 1,
        sidecars: 1,
        upstreams: [names[(at + 1) % count] ?? ''],
      }),
    ),
    proxies: names.map((name) => proxy(now, `${name}-sidecar-proxy`, name)),
  };
}

/** The head of the mesh, with some figures changed. */
export function overview(
  now: number,
  more: MessageInitShape<typeof OverviewSchema> = {},
): Overview {
  return create(OverviewSchema, {
    node: 'node-1',
    datacenter: 'dc1',
    trustDomain: '11111111-2222-3333-4444-555555555555.consul',
    version: '0.1.0',
    startedAt: before(now, 3.5 * hour),
    defaultAction: 'deny',
    proxies: 4,
    proxiesConnected: 3,
    typesSynced: 15,
    typesPending: 1,
    typesRejected: 1,
    intentions: 4,
    rootExpiresAt: timestampFromMs(now + 3650.5 * 24 * hour),
    nextLeafExpiresAt: timestampFromMs(now + 2.5 * hour),
    pushes: 120n,
    acknowledgements: 118n,
    rejections: 1n,
    ...more,
  });
}

/** A service's row. */
export function service(
  name: string,
  more: MessageInitShape<typeof ServiceRowSchema> = {},
): ServiceRow {
  return create(ServiceRowSchema, { name, ...more });
}

interface ProxyTraits {
  readonly streams?: number;
  /** States by type; synced unless given. */
  readonly states?: Readonly<Partial<Record<TypeName, SyncState>>>;
}

/** A proxy that has taken everything, but for what is said of it. */
export function proxy(
  now: number,
  id: string,
  service: string,
  { streams = 1, states = { rds: SyncState.NOT_SUBSCRIBED } }: ProxyTraits = {},
): MeshProxy {
  return create(ProxySchema, {
    id,
    service,
    node: 'node-1',
    streams,
    ...(streams > 0 && { streamSince: before(now, 2.5 * hour) }),
    userAgent: 'envoy 1.40.0',
    certificateExpiresAt: timestampFromMs(now + 60 * hour),
    builtRevision: 42n,
    acknowledgedRevision: states.eds === SyncState.PENDING ? 41n : 42n,
    types: typeNames.map((type) =>
      create(ProxyTypeSchema, {
        type,
        state: states[type] ?? SyncState.SYNCED,
        resources: 2,
        versionSent: `${type}0123456789abcdef`,
        versionAcknowledged: `${type}0123456789abcdef`,
        acknowledgedAt: before(now, 2.6 * hour),
        ...(states[type] === SyncState.PENDING && { pendingSince: before(now, 430_000) }),
      }),
    ),
  });
}

/** A proxy that refused a cluster, as an Envoy words it. */
function rejecting(now: number): MeshProxy {
  const whole = proxy(now, 'db-sidecar-proxy', 'db', {
    states: { cds: SyncState.REJECTED, rds: SyncState.NOT_SUBSCRIBED },
  });
  const [cds] = whole.types;
  const refused = create(RejectionSchema, {
    reason:
      'Proto constraint validation failed (ClusterValidationError.ConnectTimeout: value must be greater than 0s)',
    resource: 'local_app',
    path: 'connectTimeout',
    at: before(now, 3.5 * hour),
    version: 'cds999',
    origin: {
      kind: 'service',
      name: 'db-sidecar-proxy',
      path: 'Proxy.Config.envoy_local_cluster_json',
      author: 'alice',
      revision: 40n,
    },
  });
  cds?.rejections.push(refused);
  return whole;
}

function intention(
  now: number,
  source: string,
  destination: string,
  effect: string,
  precedence: number,
  more: MessageInitShape<typeof IntentionRowSchema> = {},
): IntentionRow {
  return create(IntentionRowSchema, {
    source,
    destination,
    effect,
    precedence,
    author: 'alice',
    changedAt: before(now, 2.5 * hour),
    ...more,
  });
}

function certificate(
  now: number,
  kind: 'root' | 'leaf',
  name: string,
  left: number,
): CertificateRow {
  return create(CertificateRowSchema, {
    id: kind === 'root' ? '0a:1b:2c' : `spiffe://1111.consul/ns/default/dc/dc1/svc/${name}`,
    kind,
    name,
    notBefore: before(now, 12 * hour),
    notAfter: timestampFromMs(now + left),
    active: kind === 'root',
    serialNumber: '0f:1e:2d:3c',
  });
}

function history(now: number): readonly HistoryItem[] {
  const change = { kind: 'service-intentions', name: 'db', action: Action.UPDATE };
  const fields = [
    create(FieldChangeSchema, {
      path: 'Sources[0].Action',
      before: { kind: { case: 'stringValue' as const, value: 'allow' } },
      after: { kind: { case: 'stringValue' as const, value: 'deny' } },
    }),
  ];
  return [
    create(HistoryItemSchema, {
      revision: 42n,
      at: before(now, 2.5 * hour),
      by: 'alice',
      reason: 'incident 7',
      via: 'PUT /v1/connect/intentions/exact',
      changes: [{ ...change, fields }],
    }),
    create(HistoryItemSchema, {
      revision: 41n,
      at: before(now, 5.5 * hour),
      by: 'bob',
      via: 'PUT /v1/config',
      changes: [
        {
          kind: 'service-intentions',
          name: 'db',
          action: Action.CREATE,
          after: {
            Kind: 'service-intentions',
            Name: 'db',
            Sources: [{ Name: 'web', Action: 'allow' }],
          },
        },
      ],
    }),
  ];
}
