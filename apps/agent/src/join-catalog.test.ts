import { catalogTables, instances, nodeList, registerService } from '@chancery/catalog';
import { type AgentConfig, decodeServiceRegistration } from '@chancery/model';
import { memoryJournal, openStore } from '@chancery/store';
import { expect, test } from 'vitest';
import { joinCatalog, ownNode } from './join-catalog.ts';

function configOf(nodeName: string, more: Partial<AgentConfig> = {}): AgentConfig {
  const config = {
    nodeName,
    advertiseAddress: '10.0.0.1',
    taggedAddresses: { lan: '10.0.0.1' },
    datacenter: 'dc1',
    nodeMeta: {},
  };
  return { ...config, ...more } as AgentConfig;
}

async function agentStore() {
  const store = await openStore({
    tables: [...catalogTables, ownNode],
    journal: memoryJournal(),
    now: Date.now,
  });
  let ids = 0;
  const join = (config: AgentConfig) =>
    joinCatalog(store, config, { newId: () => `id-${++ids}` } as Parameters<typeof joinCatalog>[2]);
  const names = () => store.read(nodeList, '').value.map(({ node }) => node.node);
  return { store, join, names };
}

test('a host that was renamed is the same node, with all that is on it', async () => {
  const { store, join, names } = await agentStore();
  const { id } = await join(configOf('old'));
  const decoded = decodeServiceRegistration({ Name: 'web', Port: 80 }, { casing: 'http' });
  if (!decoded.ok) throw new Error('unreachable');
  const registration = decoded.value;
  const input = { registration, replaceExistingChecks: false, sidecarPorts: { min: 0, max: 0 } };
  const principal = { name: 'test' };
  await store.commit(registerService, { node: 'old', ...input }, { principal });

  expect(await join(configOf('new', { advertiseAddress: '10.0.0.2' }))).toEqual({
    id,
    name: 'new',
    address: '10.0.0.2',
  });
  expect(names()).toEqual(['new']);
  expect(store.view.all(instances)).toMatchObject([{ node: 'new', service: { name: 'web' } }]);
});

test('an ID that is given makes it another node', async () => {
  const { join, names } = await agentStore();
  await join(configOf('one'));
  expect(await join(configOf('two', { nodeId: 'given' }))).toMatchObject({ id: 'given' });
  expect(names()).toEqual(['one', 'two']);
  expect(await join(configOf('two'))).toMatchObject({ id: 'given' });
});
