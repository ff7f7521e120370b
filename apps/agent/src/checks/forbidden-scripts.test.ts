import { catalogTables, checksOnNode, registerCheck, registerNode } from '@chancery/catalog';
import { type AgentConfig, decodeServiceRegistration } from '@chancery/model';
import { memoryJournal, openStore, type Store } from '@chancery/store';
import { expect, test } from 'vitest';
import { applyDeclarations, declarations } from '../config/declarations.ts';
import { dropForbiddenScripts } from './forbidden-scripts.ts';

const by = { principal: { name: 'test' } };
const ports = { http: -1, grpc: -1, sidecarMin: 21_000, sidecarMax: 21_255 };
const script = { kind: 'script', program: 'true', args: [], intervalMs: 1000 } as const;
const check = {
  checkId: 'remote',
  name: 'r',
  notes: '',
  initialStatus: 'critical',
  probe: script,
} as const;

async function openNode(): Promise<Store> {
  const tables = [...catalogTables, declarations];
  const store = await openStore({ tables, journal: memoryJournal(), now: Date.now });
  const rest = { id: '', datacenter: 'dc1', taggedAddresses: {}, meta: {} };
  await store.commit(registerNode, { node: 'n1', address: '10.0.0.1', ...rest }, by);
  return store;
}

function configWith(scriptChecks: AgentConfig['scriptChecks']) {
  const service = { name: 'web', port: 1, check: { args: ['true'], interval: '10s' } };
  const decoded = decodeServiceRegistration(service, { casing: 'file' });
  if (!decoded.ok) throw new Error('not decoded');
  const alone = { ...check, checkId: 'alone', name: 'a' };
  return { services: [decoded.value], checks: [alone], ports, scriptChecks };
}

const ids = (store: Store) => store.read(checksOnNode, 'n1').value.map((row) => row.check.checkId);

test('what was registered over the API when scripts were allowed is gone before any is run', async () => {
  await using store = await openNode();
  expect(await applyDeclarations(store, 'n1', configWith('all'))).toMatchObject({ refused: [] });
  await store.commit(registerCheck, { node: 'n1', serviceId: '', check }, by);
  expect(await dropForbiddenScripts(store, 'n1', 'all')).toEqual([]);
  expect(ids(store)).toEqual(['alone', 'remote', 'service:web']);
  expect(await dropForbiddenScripts(store, 'n1', 'files')).toEqual(['remote']);
  expect(ids(store)).toEqual(['alone', 'service:web']);
});

test('a configuration with scripts is refused unless they are enabled', async () => {
  await using store = await openNode();
  const { refused } = await applyDeclarations(store, 'n1', configWith('off'));
  const why =
    "Scripts are disabled on this agent; to enable, configure 'enable_script_checks' or 'enable_local_script_checks' to true";
  expect(refused).toEqual([`service "web": ${why}`, `check "alone": ${why}`]);
  expect(ids(store)).toEqual([]);
  await applyDeclarations(store, 'n1', configWith('files'));
  const others = { ...configWith('off'), services: [] };
  expect(await applyDeclarations(store, 'n1', others)).toEqual({
    refused: [`check "alone": ${why}`],
    declared: [],
    takenBack: [],
  });
  expect(ids(store), 'nothing is taken back').toEqual(['alone', 'service:web']);
  expect(await applyDeclarations(store, 'n1', configWith('files'))).toMatchObject({ refused: [] });
});
