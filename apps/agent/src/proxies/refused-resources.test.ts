import { typeUrls } from '@chancery/envoy-api';
import type { ProxySnapshot } from '@chancery/snapshot';
import type { LedgerResource, LedgerType } from '@chancery/xds-server';
import { expect, test } from 'vitest';
import type { Supply } from './proxy-publisher.ts';
import { type RefusalParts, refusedResources } from './refused-resources.ts';

const cluster = {
  typeUrl: typeUrls.cluster,
  name: 'local_app',
  hash: 'b',
  body: new Uint8Array(),
};
const snapshot = {
  proxyId: 'db-proxy',
  publicListener: { address: '127.0.0.1', port: 21_000 },
  config: { localClusterJson: '{"name": "local_app"}' },
  rules: { rules: [] },
  upstreams: [],
} as unknown as ProxySnapshot;
const supply: Supply = {
  snapshot,
  manifest: { revision: 2, resources: [cluster] },
  isCurrent: true,
  diagnostics: [],
  failure: undefined,
};

function row(name: string, reason: string): LedgerResource {
  const nacked = { hash: 'b', revision: 2, at: 0, reason };
  return { name, state: 'rejected', sent: undefined, acked: undefined, nacked };
}

function refusing(...resources: readonly LedgerResource[]): RefusalParts & { asked: string[] } {
  const type = { typeUrl: typeUrls.cluster, state: 'rejected', resources } as unknown as LedgerType;
  const quiet = { streams: 1, since: 0, userAgent: '', acknowledgedRevision: 0 };
  const asked: string[] = [];
  return {
    asked,
    ledger: {
      states: () => new Map([[typeUrls.cluster, { synced: 0, pending: 0, rejected: 1 }]]),
      proxy: (proxyId) => ({ ...quiet, proxyId, types: [type] }),
    },
    publisher: {
      followed: () => ['db-proxy', 'other'],
      supply: (proxyId) => {
        asked.push(proxyId);
        return proxyId === 'db-proxy' ? supply : undefined;
      },
    },
  };
}

const negative =
  'Proto constraint validation failed (ClusterValidationError.ConnectTimeout: value must be greater than 0s)';

test('what is refused is told with the place in it, where it comes from and the place in that', () => {
  expect(refusedResources(refusing(row('local_app', negative)), 1)).toEqual([
    {
      ...{ proxy: 'db-proxy', type: 'cds', resource: 'local_app' },
      path: 'connect_timeout',
      origin: 'service db-proxy',
      origin_path: 'Proxy.Config.envoy_local_cluster_json',
    },
  ]);
});

test('what no words and no registration tell is empty', () => {
  const [, other] = refusedResources(refusing(row('local_app', negative)), 20);
  const nothing = { path: '', origin: '', origin_path: '' };
  expect(other).toEqual({ proxy: 'other', type: 'cds', resource: 'local_app', ...nothing });
  expect(refusedResources(refusing(), 1)).toMatchObject([{ resource: '', path: '' }]);
});

test('no more is looked at than is asked for', () => {
  const parts = refusing(row('a', negative), row('b', negative), row('c', negative));
  expect(refusedResources(parts, 2).map(({ resource }) => resource)).toEqual(['a', 'b']);
  expect(parts.asked).toEqual(['db-proxy']);
});

test('a place that a proxy makes up at length is cut', () => {
  const failed = 'Proto constraint validation failed';
  const reason = `${failed} (ClusterValidationError.Metadata[${'k'.repeat(5000)}]: no)`;
  const [told] = refusedResources(refusing(row('local_app', reason)), 1);
  expect(told?.path).toMatch(/^metadata\[k{190,}…$/);
  expect(told?.path).toHaveLength(200);
});
