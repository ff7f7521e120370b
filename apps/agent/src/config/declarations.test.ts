import { catalogTables, instances, registerNode, registerService } from '@chancery/catalog';
import { type AgentConfig, decodeAgentConfig } from '@chancery/model';
import { memoryJournal, openStore, type Store } from '@chancery/store';
import { expect, test } from 'vitest';
import { applyDeclarations, declarations } from './declarations.ts';

const by = { principal: { name: 'test' } };

function config(value: unknown): AgentConfig {
  const host = { hostname: 'box' };
  const decoded = decodeAgentConfig([{ name: 'a.hcl', value }], { dev: true, host });
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.issues));
  return decoded.value;
}

async function storeWithNode(): Promise<Store> {
  const tables = [...catalogTables, declarations];
  const store = await openStore({ tables, journal: memoryJournal(), now: () => 0 });
  const node = { id: '', node: 'box', address: '127.0.0.1', datacenter: 'dc1' };
  await store.commit(registerNode, { ...node, taggedAddresses: {}, meta: {} }, by);
  return store;
}

const services = (store: Store) => store.view.all(instances).map(({ service }) => service.id);

function registerOverApi(store: Store, name: string) {
  const [registration] = config({ service: { name } }).services;
  if (registration === undefined) throw new Error('no registration');
  const input = { node: 'box', registration, replaceExistingChecks: false };
  return store.commit(registerService, { ...input, sidecarPorts: { min: 1, max: 2 } }, by);
}

test('what the configuration declares no more is taken back, and nothing else', async () => {
  const store = await storeWithNode();
  await registerOverApi(store, 'api');
  const connect = { sidecar_service: {} };
  const declared = { services: [{ name: 'web', connect }, { name: 'db' }] };
  expect(await applyDeclarations(store, 'box', config(declared))).toEqual({
    refused: [],
    declared: ['service "web"', 'service "db"'],
    takenBack: [],
  });
  expect(services(store)).toEqual(['api', 'db', 'web', 'web-sidecar-proxy']);
  expect(await applyDeclarations(store, 'box', config({ services: [{ name: 'db' }] }))).toEqual({
    refused: [],
    declared: ['service "db"'],
    takenBack: ['service "web"'],
  });
  expect(services(store)).toEqual(['api', 'db']);
});

test('declaring the same again changes nothing', async () => {
  const store = await storeWithNode();
  const declared = config({ service: { name: 'web', port: 80 } });
  await applyDeclarations(store, 'box', declared);
  const { revision } = store.view;
  await applyDeclarations(store, 'box', declared);
  expect(store.view.revision).toBe(revision);
});

test('what was refused is told, and is not taken back from whoever registers it over the API', async () => {
  const store = await storeWithNode();
  const noPorts = { sidecar_min_port: 21000, sidecar_max_port: 21000 };
  const sidecars = (...names: string[]) =>
    names.map((name) => ({ name, connect: { sidecar_service: {} } }));
  await applyDeclarations(store, 'box', config({ services: sidecars('web'), ports: noPorts }));
  await registerOverApi(store, 'other');
  const one = config({ services: sidecars('db'), ports: noPorts });
  const both = {
    ...one,
    services: [...config({ services: sidecars('web') }).services, ...one.services],
  };
  expect(await applyDeclarations(store, 'box', both)).toEqual({
    refused: [
      'service "db": no port provided for sidecar_service and none left in the configured range [21000, 21000]',
    ],
    declared: ['service "web"'],
    takenBack: [],
  });
  await registerOverApi(store, 'db');
  await applyDeclarations(store, 'box', config({ services: sidecars('web'), ports: noPorts }));
  expect(services(store)).toEqual(['db', 'other', 'web', 'web-sidecar-proxy']);
});
