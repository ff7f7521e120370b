import { typeUrls } from '@chancery/envoy-api';
import { serviceRef } from '@chancery/identity';
import { rulesFor } from '@chancery/intentions';
import type { SidecarSnapshot, TargetEndpoints, UpstreamSnapshot } from '@chancery/snapshot';
import { expect, test } from 'vitest';
import type { Compiled } from './resource.ts';
import { trustDomain } from './testing/golden-case.ts';
import { createTranslator } from './translator.ts';

const service = serviceRef('db');
const endpoints: TargetEndpoints = {
  target: { service, datacenter: 'dc1' },
  endpoints: [{ address: '10.0.0.2', port: 21000, weight: 1 }],
};
const upstream: UpstreamSnapshot = {
  upstream: {
    destinationType: 'service',
    destinationName: 'db',
    localBindAddress: '127.0.0.1',
    localBindPort: 9191,
    config: {},
  },
  config: { connectTimeoutMs: 5000 },
  endpoints,
};
const upstreams = [upstream];
const rules = rulesFor('web', [], 'allow');
const config = { localConnectTimeoutMs: 5000, bootstrap: { statsTags: [] } };

/** A fresh object made of shared parts, as the snapshots of many proxies are. */
function snapshot(changes: Partial<SidecarSnapshot> = {}): SidecarSnapshot {
  return {
    kind: 'sidecar',
    proxyId: 'web-sidecar-proxy',
    service: serviceRef('web'),
    datacenter: 'dc1',
    trustDomain,
    publicListener: { address: '0.0.0.0', port: 21000 },
    localApp: { address: '127.0.0.1', port: 8080 },
    config,
    rules,
    upstreams,
    ...changes,
  };
}

function named(compiled: Compiled, type: string, name: RegExp) {
  return compiled.resources.find(
    (resource) => resource.typeUrl.endsWith(`.${type}`) && name.test(resource.name),
  );
}

test('equal parts of a thousand proxies are encoded once, and are one object', () => {
  const translator = createTranslator();
  const first = translator.compile(snapshot());
  const { encodings } = translator;
  expect(encodings).toBe(first.resources.length);
  for (let proxy = 0; proxy < 1000; proxy++) {
    const { resources } = translator.compile(snapshot({ proxyId: `web-${proxy}` }));
    expect(resources.every((resource, index) => resource === first.resources[index])).toBe(true);
  }
  expect(translator.encodings).toBe(encodings);
});

test('a changed endpoint costs one encoding, whatever the number of proxies', () => {
  const translator = createTranslator();
  translator.compile(snapshot());
  const { encodings } = translator;
  const fewer = { ...endpoints, endpoints: [] };
  for (let proxy = 0; proxy < 100; proxy++) {
    const changed = { ...upstream, endpoints: fewer };
    translator.compile(snapshot({ proxyId: `web-${proxy}`, upstreams: [changed] }));
  }
  expect(translator.encodings).toBe(encodings + 1);
});

test('a denial costs one encoding, and changes nothing but the intentions', () => {
  const translator = createTranslator();
  const before = translator.compile(snapshot());
  const denied = rulesFor('web', [{ source: 'api', destination: 'web', action: 'deny' }], 'allow');
  const { encodings } = translator;
  const after = translator.compile(snapshot({ rules: denied }));
  translator.compile(snapshot({ rules: denied }));
  expect(translator.encodings).toBe(encodings + 1);
  const changed = after.resources.filter((resource, index) => resource !== before.resources[index]);
  expect(changed.map(({ name }) => name)).toEqual(['envoy.filters.network.rbac']);
});

test('access logs change the listeners and nothing else, and proxies share those', () => {
  const translator = createTranslator();
  const before = translator.compile(snapshot());
  const accessLogs = { enabled: true };
  const { encodings } = translator;
  const after = translator.compile(snapshot({ accessLogs }));
  const other = translator.compile(snapshot({ proxyId: 'web-2-sidecar-proxy', accessLogs }));
  const changed = after.resources.filter(
    (resource, index) => resource.hash !== before.resources[index]?.hash,
  );
  expect(changed.map(({ typeUrl }) => typeUrl)).toEqual(changed.map(() => typeUrls.listener));
  expect(changed).toHaveLength(2);
  expect(other.resources).toEqual(after.resources);
  translator.compile(snapshot({ accessLogs }));
  // The listeners, and the clusters that are parts with them.
  expect(translator.encodings).toBe(encodings + 4);
});

test('services that share an upstream prove themselves each with their own certificate', () => {
  const translator = createTranslator();
  const [web, api] = ['web', 'api'].map((name) =>
    translator.compile(snapshot({ service: serviceRef(name) })),
  );
  const { encodings } = translator;
  expect(web?.secrets[0]).toBe('leaf/ns/default/dc/dc1/svc/web');
  expect(api?.secrets[0]).toBe('leaf/ns/default/dc/dc1/svc/api');
  const clusters = [web, api].map((one) => one && named(one, 'Cluster', /^db\./)?.hash);
  expect(clusters[0]).not.toBe(clusters[1]);
  const assignments = [web, api].map((one) => one && named(one, 'ClusterLoadAssignment', /./));
  expect(assignments[0]).toBe(assignments[1]);
  translator.compile(snapshot({ service: serviceRef('web') }));
  translator.compile(snapshot({ service: serviceRef('api') }));
  expect(translator.encodings).toBe(encodings);
});

test.for<[string, Partial<SidecarSnapshot>]>([
  ['its address', { publicListener: { address: '10.0.0.1', port: 21000 } }],
  ['its port', { publicListener: { address: '0.0.0.0', port: 21001 } }],
  ['the local app', { localApp: { address: '127.0.0.1', port: 8081 } }],
  ['the socket of the local app', { localApp: { address: '', port: 0, socketPath: '/app.sock' } }],
  ['the datacenter', { datacenter: 'dc2' }],
  ['the trust domain', { trustDomain: '22222222-2222-3333-4444-555555555555.consul' }],
  ['the service', { service: serviceRef('api') }],
  ['the access logs', { accessLogs: { enabled: true } }],
])('what is remembered does not hide a change of %s', ([, change]) => {
  const translator = createTranslator();
  translator.compile(snapshot());
  const remembered = translator.compile(snapshot(change));
  expect(remembered).toEqual(createTranslator().compile(snapshot(change)));
  expect(remembered).not.toEqual(translator.compile(snapshot()));
});

test('equal contents have equal hashes, and others others', () => {
  const once = createTranslator().compile(snapshot());
  const again = createTranslator().compile(snapshot());
  expect(again).toEqual(once);
  const hashes = once.resources.map(({ hash }) => hash);
  expect(new Set(hashes).size).toBe(hashes.length);
});
