import { serviceKey, serviceRef } from '@chancery/identity';
import { expect, test } from 'vitest';
import {
  connectEndpoints,
  deregisterCheck,
  deregisterService,
  type Endpoint,
  registerCheck,
} from './index.ts';
import { addNode, type CatalogLab, openCatalogLab, withSidecar } from './testing/catalog-lab.ts';

const LISTENING = 'service:db-sidecar-proxy:1';

function endpoints(lab: CatalogLab, name = 'db'): readonly Endpoint[] {
  return lab.ask(connectEndpoints, serviceKey(serviceRef(name)));
}

async function readyLab(rest: object = {}): Promise<CatalogLab> {
  const lab = await openCatalogLab();
  await lab.register(withSidecar('db', 9090, rest));
  await lab.report(LISTENING, 'passing');
  return lab;
}

test('a sidecar is an endpoint of its service once it listens', async () => {
  const lab = await openCatalogLab();
  await lab.register(withSidecar('db', 9090));
  expect(endpoints(lab)).toEqual([]);
  await lab.report(LISTENING, 'passing');
  expect(endpoints(lab)).toEqual([{ address: '10.0.0.1', port: 21000, weight: 1 }]);
});

test('an address of its own comes before that of the node', async () => {
  const lab = await readyLab({ address: '10.9.9.9' });
  expect(endpoints(lab)).toEqual([{ address: '10.9.9.9', port: 21000, weight: 1 }]);
});

test('a deregistered service is gone at once', async () => {
  const lab = await readyLab();
  await lab.run(deregisterService, { node: 'n1', serviceId: 'db' });
  expect(endpoints(lab)).toEqual([]);
});

test('a critical check of the parent takes its sidecar out, and back in', async () => {
  const lab = await readyLab({ check: { id: 'c', ttl: '10s' } });
  expect(endpoints(lab)).toEqual([]);
  await lab.report('c', 'passing');
  expect(endpoints(lab)).toHaveLength(1);
  await lab.report('c', 'critical');
  expect(endpoints(lab)).toEqual([]);
});

test('a critical check of the parent counts also where the sidecar does not alias it', async () => {
  const lab = await readyLab({ check: { id: 'c', ttl: '10s' } });
  await lab.run(deregisterCheck, { node: 'n1', checkId: 'service:db-sidecar-proxy:2' });
  expect(endpoints(lab)).toEqual([]);
});

test('a critical check of the node takes all its instances out', async () => {
  const lab = await readyLab();
  const probe = { kind: 'ttl', ttlMs: 1000 } as const;
  const check = {
    checkId: 'disk',
    name: 'd',
    notes: '',
    initialStatus: 'critical',
    probe,
  } as const;
  await lab.run(registerCheck, { node: 'n1', serviceId: '', check });
  expect(endpoints(lab)).toEqual([]);
  await lab.report('disk', 'passing');
  expect(endpoints(lab)).toHaveLength(1);
});

test('weights are those of the parent, and follow its warnings', async () => {
  const lab = await readyLab({
    weights: { passing: 7, warning: 3 },
    check: { id: 'c', ttl: '10s', status: 'passing' },
  });
  expect(endpoints(lab)).toMatchObject([{ weight: 7 }]);
  await lab.report('c', 'warning');
  expect(endpoints(lab)).toMatchObject([{ weight: 3 }]);
});

test('an instance of weight zero gets no traffic', async () => {
  const lab = await readyLab({
    weights: { passing: 7, warning: 0 },
    check: { id: 'c', ttl: '10s', status: 'warning' },
  });
  expect(endpoints(lab)).toEqual([]);
});

const ownSidecar = (destination: object): object => ({
  name: 'db-proxy',
  port: 7000,
  kind: 'connect-proxy',
  proxy: { destination_service_name: 'db', ...destination },
});

test('an orphan is never an endpoint', async () => {
  const lab = await openCatalogLab();
  await lab.register(ownSidecar({ destination_service_id: 'db' }));
  expect(endpoints(lab)).toEqual([]);
  await lab.register({ name: 'db', port: 9090 });
  expect(endpoints(lab)).toHaveLength(1);
  await lab.run(deregisterService, { node: 'n1', serviceId: 'db' });
  expect(endpoints(lab)).toEqual([]);
});

test('a parent of another name leaves its sidecar an orphan', async () => {
  const lab = await openCatalogLab();
  await lab.register(ownSidecar({ destination_service_id: 'db' }));
  await lab.register({ id: 'db', name: 'api', port: 9090 });
  expect(endpoints(lab)).toEqual([]);
});

test('a proxy that fronts every instance of a name needs no parent', async () => {
  const lab = await openCatalogLab();
  await lab.register(ownSidecar({}));
  expect(endpoints(lab)).toEqual([{ address: '10.0.0.1', port: 7000, weight: 1 }]);
});

test('an instance that speaks mTLS by itself is an endpoint of its own service', async () => {
  const lab = await openCatalogLab();
  await lab.register({ name: 'db', port: 9090, connect: { native: true } });
  expect(endpoints(lab)).toEqual([{ address: '10.0.0.1', port: 9090, weight: 1 }]);
});

test('endpoints are in the order of their addresses, none twice', async () => {
  const lab = await openCatalogLab();
  await addNode(lab, 'n0', '10.0.0.2');
  await lab.register({ name: 'db', port: 2, connect: { native: true } }, { node: 'n0' });
  await lab.register({ id: 'b', name: 'db', port: 9, connect: { native: true } });
  await lab.register({ id: 'a', name: 'db', port: 10, connect: { native: true } });
  await lab.register({ id: 'twin', name: 'db', port: 10, connect: { native: true } });
  expect(endpoints(lab).map(({ address, port }) => `${address}:${port}`)).toEqual([
    '10.0.0.1:9',
    '10.0.0.1:10',
    '10.0.0.2:2',
  ]);
});

test('the endpoints of a service are one object until one of them changes', async () => {
  const lab = await readyLab();
  const before = endpoints(lab);
  await lab.register(withSidecar('web', 8080));
  await lab.report('service:web-sidecar-proxy:1', 'passing');
  await lab.report(LISTENING, 'passing', { output: 'another text' });
  await lab.register(withSidecar('db', 9090, { tags: ['v2'] }));
  expect(endpoints(lab)).toBe(before);
  await lab.report(LISTENING, 'critical');
  expect(endpoints(lab)).not.toBe(before);
});
