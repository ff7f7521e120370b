import { ConnectError, createRouterTransport } from '@connectrpc/connect';
import { describe, expect, test } from 'vitest';
import { SyncState } from '../../gen/chancery/mesh/v1/proxies_pb.ts';
import { type MeshClient, meshClient } from '../client/mesh-client.ts';
import { meshRoutes } from '../create-mesh-api.ts';
import type { Applied, ProxySource, ProxyState } from './proxy-source.ts';

const origin = { kind: 'service', name: 'db-proxy', path: 'Proxy', author: 'ann', revision: 3 };
const rejection = { reason: 'no', resource: 'db', path: 'type', origin, at: 1_500, version: 'v' };
const db: ProxyState = {
  id: 'db-proxy',
  service: 'db',
  node: 'here',
  streams: 1,
  streamSince: 1_000,
  userAgent: 'envoy 1.40.0',
  certificateExpiresAt: 2_000,
  builtRevision: 9,
  acknowledgedRevision: 8,
  types: [
    {
      type: 'cds',
      typeUrl: 'cluster',
      state: 'rejected',
      resources: 1,
      versionSent: 'b',
      versionAcknowledged: 'a',
      sentAt: 1_200,
      acknowledgedAt: 1_100,
      rejections: [rejection],
    },
    {
      type: 'eds',
      typeUrl: 'endpoints',
      state: 'pending',
      pendingForMs: 120,
      resources: 0,
      versionSent: '',
      versionAcknowledged: '',
      rejections: [],
    },
  ],
  problems: [{ code: 'name-taken', resource: 'db', message: 'left out', origin }],
};

interface Asked {
  readonly questions: unknown[];
  readonly mesh: MeshClient;
}

function asking(answers: Partial<Applied> = {}): Asked {
  const questions: unknown[] = [];
  const source: ProxySource = {
    list: async (proxy) => {
      questions.push(['list', proxy]);
      return proxy === 'none' ? [] : [db];
    },
    config: async (proxyId, type) => {
      questions.push(['config', proxyId, type]);
      if (proxyId === 'none') return undefined;
      const resource = {
        type: 'cds',
        name: 'db',
        state: 'rejected',
        desired: { name: 'db', type: 'EDS' },
        desiredVersion: 'b',
        acknowledgedVersion: 'a',
        acknowledged: { name: 'db' },
        fields: [{ path: 'type', after: 'EDS' }],
        rejections: [rejection],
        origin,
      } as const;
      return { proxy: db, resources: [resource] };
    },
    applied: async (revision, timeoutMs) => {
      questions.push(['applied', revision, timeoutMs]);
      const none = { affected: 0, acknowledged: 0, tookMs: 0, lagging: [], notConnected: [] };
      return { ...none, ...answers };
    },
  };
  const routes = meshRoutes({
    principal: () => ({ name: 'test' }),
    authorise: () => true,
    revision: () => 20,
    log: () => undefined,
    proxies: source,
  });
  return { questions, mesh: meshClient(createRouterTransport(routes)) };
}

async function failure(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason) => ConnectError.from(reason),
  );
  return error?.message ?? 'nothing failed';
}

describe('ListProxies', () => {
  test('tells all that is known of each', async () => {
    const { mesh, questions } = asking();
    const { revision, proxies } = await mesh.proxies.listProxies({});
    expect(questions).toEqual([['list', undefined]]);
    expect(revision).toBe(20n);
    expect(proxies[0]).toMatchObject({
      id: 'db-proxy',
      streamSince: { seconds: 1n },
      certificateExpiresAt: { seconds: 2n },
      builtRevision: 9n,
      acknowledgedRevision: 8n,
      types: [
        {
          type: 'cds',
          state: SyncState.REJECTED,
          sentAt: { seconds: 1n, nanos: 200_000_000 },
          rejections: [{ reason: 'no', path: 'type', origin: { author: 'ann', revision: 3n } }],
        },
        { type: 'eds', state: SyncState.PENDING, pendingFor: { nanos: 120_000_000 } },
      ],
      problems: [{ code: 'name-taken', origin: { kind: 'service' } }],
    });
    expect(proxies[0]?.types[0]?.pendingFor).toBeUndefined();
  });

  test('says that a proxy does not exist', async () => {
    expect(await failure(asking().mesh.proxies.listProxies({ proxy: 'none' }))).toBe(
      '[not_found] no proxy and no service with a proxy is called "none"',
    );
  });
});

describe('GetProxyConfig', () => {
  test('tells the resources as JSON, and how they differ', async () => {
    const { mesh, questions } = asking();
    const { resources } = await mesh.proxies.getProxyConfig({ proxy: 'db-proxy', type: 'cds' });
    expect(questions).toEqual([['config', 'db-proxy', 'cds']]);
    expect(resources).toMatchObject([
      {
        state: SyncState.REJECTED,
        desired: { type: 'EDS' },
        acknowledged: { name: 'db' },
        fields: [{ path: 'type', after: { kind: { value: 'EDS' } } }],
        origin: { name: 'db-proxy' },
      },
    ]);
  });

  test.for([
    [{}, '[invalid_argument] proxy is missing: the ID of a proxy'],
    [
      { proxy: 'db-proxy', type: 'xds' },
      '[invalid_argument] type "xds" is not known: it is one of cds, eds, lds, rds, sds, ecds',
    ],
    [{ proxy: 'none' }, '[not_found] no proxy and no service with a proxy is called "none"'],
  ] as const)('%j: %s', async ([question, message]) => {
    expect(await failure(asking().mesh.proxies.getProxyConfig(question))).toBe(message);
  });
});

describe('WaitApplied', () => {
  test('waits ten seconds unless something else is said, and names who lags', async () => {
    const lagging = [{ id: 'db-proxy', state: 'pending', detail: 'slow' }] as const;
    const { mesh, questions } = asking({
      affected: 3,
      acknowledged: 2,
      tookMs: 1_500,
      lagging,
      notConnected: ['api-proxy'],
    });
    expect(await mesh.proxies.waitApplied({ revision: 7n })).toMatchObject({
      affected: 3,
      acknowledged: 2,
      took: { seconds: 1n, nanos: 500_000_000 },
      lagging: [{ id: 'db-proxy', state: SyncState.PENDING, detail: 'slow' }],
      notConnected: ['api-proxy'],
    });
    await mesh.proxies.waitApplied({ revision: 20n, timeout: { seconds: 1n } });
    expect(questions).toEqual([
      ['applied', 7, 10_000],
      ['applied', 20, 1_000],
    ]);
  });

  test.for([
    ['none', {}, '[invalid_argument] revision is missing: the one that a write was answered with'],
    [
      'one to come',
      { revision: 21n },
      '[out_of_range] revision 21 is not there: the state is at 20',
    ],
    [
      'too long',
      { revision: 1n, timeout: { seconds: 601n } },
      '[invalid_argument] timeout has to be between 0 and 600 s',
    ],
  ] as const)('%s is refused', async ([, question, message]) => {
    expect(await failure(asking().mesh.proxies.waitApplied(question))).toBe(message);
  });
});
