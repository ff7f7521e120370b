import { catalogTables, nodes, registerService, setCheckStatus } from '@chancery/catalog';
import { configEntryTables, putConfigEntry } from '@chancery/config-entries';
import { decodeConfigEntry, decodeServiceRegistration } from '@chancery/model';
import { commit, memoryJournal, openStore, put, type Store } from '@chancery/store';
import { expect, test } from 'vitest';
import type { Found } from './finding.ts';
import { intentionFindings } from './intentions.ts';
import { serviceFindings } from './services.ts';

const by = { principal: { name: 'test' } };
const meshed = { connect: { sidecar_service: {} } };

async function openMesh(): Promise<Store> {
  const tables = [...catalogTables, ...configEntryTables];
  const store = await openStore({ tables, journal: memoryJournal(), now: () => 0 });
  const node = { id: '', node: 'n1', address: '10.0.0.1', datacenter: 'dc1' };
  const row = { ...node, taggedAddresses: {}, meta: {} };
  await store.commit(() => commit([put(nodes, row)], undefined), undefined, by);
  return store;
}

async function register(store: Store, declaration: object): Promise<void> {
  const decoded = decodeServiceRegistration(declaration, { casing: 'file' });
  if (!decoded.ok) throw new Error(decoded.issues.map(({ message }) => message).join('; '));
  const input = {
    node: 'n1',
    registration: decoded.value,
    replaceExistingChecks: false,
    sidecarPorts: { min: 21000, max: 21255 },
  };
  expect(await store.commit(registerService, input, by)).toMatchObject({ ok: true });
}

async function write(store: Store, entry: object): Promise<void> {
  const decoded = decodeConfigEntry(entry, { casing: 'file' });
  if (!decoded.ok) throw new Error(decoded.issues.map(({ message }) => message).join('; '));
  const input = { entry: decoded.value, datacenter: 'dc1' };
  expect(await store.commit(putConfigEntry, input, by)).toMatchObject({ ok: true });
}

function lines(found: readonly Found[]): readonly string[] {
  return found.map(({ status, message }) => `${status}: ${message}`);
}

test('a mesh whose services are well is told of in one line', async () => {
  await using store = await openMesh();
  expect(lines(serviceFindings(store.view))).toEqual([
    'ok: none is registered yet: chancery services register FILE',
  ]);
  await register(store, { name: 'web', port: 8080 });
  expect(lines(serviceFindings(store.view))).toEqual([
    'ok: 1 service, each with an instance that passes its checks',
  ]);
});

test('a service without a healthy instance is told of with what its check says', async () => {
  await using store = await openMesh();
  await register(store, { name: 'db', port: 5432, check: { ttl: '10s' } });
  const hasNot = 'warning: db can be reached by nobody: its only instance is critical: service:db:';
  expect(lines(serviceFindings(store.view))).toEqual([`${hasNot} it has not reported yet`]);
  const verdict = { node: 'n1', checkId: 'service:db', status: 'critical' } as const;
  await store.commit(setCheckStatus, { ...verdict, output: 'refused\nat length' }, by);
  expect(lines(serviceFindings(store.view))).toEqual([`${hasNot} refused`]);
});

test('an upstream that nobody serves is told of', async () => {
  await using store = await openMesh();
  const proxy = { upstreams: [{ destination_name: 'nowhere', local_bind_port: 9191 }] };
  await register(store, { name: 'web', port: 8080, connect: { sidecar_service: { proxy } } });
  expect(lines(serviceFindings(store.view))[0]).toBe(
    'warning: web declares the upstream nowhere, of which there is no instance',
  );
});

test('a sidecar whose service is gone is told of', async () => {
  await using store = await openMesh();
  await register(store, {
    kind: 'connect-proxy',
    name: 'web-sidecar-proxy',
    port: 21000,
    proxy: { destination_service_name: 'web', destination_service_id: 'web-1' },
  });
  const expected =
    'warning: the sidecar web-sidecar-proxy stands for web-1, which is not registered on n1';
  expect(lines(serviceFindings(store.view))).toContain(expected);
  await register(store, { name: 'web', id: 'web-1', port: 8080 });
  expect(lines(serviceFindings(store.view))).not.toContain(expected);
});

test('a service with intentions and nothing that enforces them is told of', async () => {
  await using store = await openMesh();
  await register(store, { name: 'db', port: 5432 });
  const sources = [{ name: 'web', action: 'deny' }];
  await write(store, { kind: 'service-intentions', name: 'db', sources });
  const expected =
    'warning: there are intentions about db, and no sidecar stands before it: nothing enforces them';
  expect(lines(serviceFindings(store.view))).toEqual([expected]);
  await register(store, { name: 'db', port: 5432, ...meshed });
  expect(lines(serviceFindings(store.view))).not.toContain(expected);
});

test('intentions that name services that do not exist are told of, others are counted', async () => {
  await using store = await openMesh();
  await register(store, { name: 'db', port: 5432 });
  await register(store, { name: 'web', port: 8080 });
  const { signal } = new AbortController();
  const told = async (): Promise<readonly string[]> =>
    lines(await intentionFindings(store, 'allow', signal));
  expect(await told()).toEqual(['ok: there is none']);
  await write(store, {
    kind: 'service-intentions',
    name: 'db',
    sources: [{ name: 'web', action: 'allow' }],
  });
  expect((await told())[0]).toMatch(
    /^ok: 1 intention; 1 without effect, because others decide the same/,
  );
  await write(store, {
    kind: 'service-intentions',
    name: 'web',
    sources: [{ name: 'dbb', action: 'deny' }],
  });
  expect((await told())[0]).toBe(
    'warning: dbb => web (deny): there is no service dbb: did you mean db?',
  );
});
