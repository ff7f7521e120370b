import { expect, test } from 'vitest';
import { type HeldResources, proxyPlan } from './proxy-plan.ts';
import type { ClusterResource, ListenerResource, TlsNames } from './resources.ts';

const place = { kind: 'tcp', host: '127.0.0.1', port: 1 } as const;
const tls: TlsNames = {
  leaf: 'leaf/web',
  roots: 'roots/td',
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.3',
  identities: [],
};
const listener: ListenerResource = {
  kind: 'listener',
  name: 'public',
  place,
  tls,
  filters: [
    { kind: 'rules-by-name', name: 'rbac' },
    { kind: 'connection-limit', maxConnections: 3 },
  ],
  cluster: 'app',
  idleTimeoutMs: 5,
};
const cluster: ClusterResource = {
  kind: 'cluster',
  name: 'app',
  endpoints: { name: 'app-endpoints' },
  policy: 'round-robin',
  connectTimeoutMs: 1,
  maxConnections: 2,
};
const rules = { action: 'deny', policies: [] } as const;
const leaf = {
  kind: 'leaf',
  name: 'leaf/web',
  certificateChain: '',
  revealPrivateKey: () => '',
} as const;
const roots = { kind: 'roots', name: 'roots/td', certificates: '' } as const;
const endpoints = [{ place, weight: 1 }];

const everything: HeldResources = {
  listeners: [listener],
  cluster: (name) => (name === 'app' ? cluster : undefined),
  endpoints: (name) => (name === 'app-endpoints' ? endpoints : undefined),
  leaf: (name) => (name === 'leaf/web' ? leaf : undefined),
  roots: (name) => (name === 'roots/td' ? roots : undefined),
  rules: (name) => (name === 'rbac' ? rules : undefined),
};

test('a listener that is complete holds everything it needs', () => {
  expect(proxyPlan(everything)).toEqual({
    listeners: [
      {
        name: 'public',
        place,
        tls: { leaf, roots, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3', identities: [] },
        filters: [
          { kind: 'rules', rules },
          { kind: 'connection-limit', maxConnections: 3 },
        ],
        cluster: {
          name: 'app',
          endpoints,
          policy: 'round-robin',
          connectTimeoutMs: 1,
          maxConnections: 2,
        },
        idleTimeoutMs: 5,
      },
    ],
    waiting: [],
  });
});

test.each([
  ['cluster', 'cluster app'],
  ['endpoints', 'endpoints app-endpoints'],
  ['leaf', 'secret leaf/web'],
  ['roots', 'secret roots/td'],
  ['rules', 'extension config rbac'],
] as const)('a listener without its %s waits, and no other does', (part, missing) => {
  const other: ListenerResource = { ...listener, name: 'other', filters: [], cluster: 'static' };
  delete (other as { tls?: TlsNames }).tls;
  const ready: HeldResources = {
    ...everything,
    listeners: [listener, other],
    [part]: () => undefined,
  };
  const held: HeldResources = {
    ...ready,
    cluster: (name) =>
      name === 'static' ? { ...cluster, name, endpoints: [] } : ready.cluster(name),
  };
  const plan = proxyPlan(held);
  expect(plan.listeners.map(({ name }) => name)).toEqual(['other']);
  expect(plan.waiting).toEqual([{ name: 'public', missing: [missing] }]);
});

test('a cluster that needs certificates waits for them with its listener', () => {
  const upstream: ClusterResource = { ...cluster, endpoints: [], tls: { ...tls, sni: 'db' } };
  const held: HeldResources = { ...everything, cluster: () => upstream, leaf: () => undefined };
  expect(proxyPlan(held).waiting[0]?.missing).toContain('secret leaf/web');
  const ready = proxyPlan({ ...everything, cluster: () => upstream });
  expect(ready.listeners[0]?.cluster.tls).toMatchObject({ sni: 'db', leaf, roots });
});
