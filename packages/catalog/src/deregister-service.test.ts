import { type Command, commit, remove } from '@chancery/store';
import { expect, test } from 'vitest';
import {
  checksOnNode,
  deregisterNode,
  deregisterService,
  instances,
  instancesOnNode,
  nodeList,
  registerNode,
} from './index.ts';
import { addNode, onFirstNode, openCatalogLab, withSidecar } from './testing/catalog-lab.ts';

test('a service takes its sidecar and the checks of both along', async () => {
  const lab = await openCatalogLab();
  await lab.register(withSidecar('web', 8080, { check: { ttl: '10s' } }));
  const { removed } = await lab.run(deregisterService, { node: 'n1', serviceId: 'web' });
  expect(removed.map(({ service }) => service.id)).toEqual(['web', 'web-sidecar-proxy']);
  expect(lab.ask(instancesOnNode, 'n1')).toEqual([]);
  expect(lab.ask(checksOnNode, 'n1')).toEqual([]);
});

test('a sidecar that was registered by itself stays', async () => {
  const lab = await openCatalogLab();
  await lab.register(withSidecar('web', 8080));
  const proxy = { destination_service_name: 'web', destination_service_id: 'web' };
  await lab.register({ name: 'p', port: 7, kind: 'connect-proxy', proxy });
  await lab.run(deregisterService, { node: 'n1', serviceId: 'web' });
  expect(lab.ask(instancesOnNode, 'n1').map(({ service }) => service.id)).toEqual(['p']);
});

test('a port that is given up is the next to be given out', async () => {
  const lab = await openCatalogLab();
  for (const name of ['a', 'b', 'c']) await lab.register(withSidecar(name, 1));
  await lab.run(deregisterService, { node: 'n1', serviceId: 'b' });
  expect(await lab.register(withSidecar('d', 1))).toEqual({ sidecarPort: 21001 });
  expect(await lab.register(withSidecar('e', 1))).toEqual({ sidecarPort: 21003 });
});

test('a service that moves off a port of the range frees it', async () => {
  const lab = await openCatalogLab();
  await lab.register({ name: 'plain', port: 21000 });
  await lab.register(withSidecar('a', 1));
  await lab.register(withSidecar('plain', 21005));
  expect(await lab.register(withSidecar('b', 1))).toEqual({ sidecarPort: 21000 });
});

test('ports freed by removing rows directly are found before the range counts as used up', async () => {
  const lab = await openCatalogLab();
  const ports = { min: 21000, max: 21001 };
  for (const name of ['a', 'b']) await lab.register(withSidecar(name, 1), { ports });
  const roll: Command<string, void> = (_view, _principal, key) =>
    commit([remove(instances, key)], undefined);
  await lab.run(roll, onFirstNode('a-sidecar-proxy'));
  expect(await lab.register(withSidecar('c', 1), { ports })).toEqual({ sidecarPort: 21000 });
});

test('an unknown service is refused in the words of Consul', async () => {
  const lab = await openCatalogLab();
  const refusal = await lab.refused(deregisterService, { node: 'n1', serviceId: 'nope' });
  expect(refusal).toEqual({
    code: 'not-found',
    message:
      'Unknown service ID "nope". Ensure that the service ID is passed, not the service name.',
  });
});

test('a node takes all that is on it along', async () => {
  const lab = await openCatalogLab();
  await addNode(lab, 'n2', '10.0.0.2');
  await lab.register(withSidecar('web', 8080), { node: 'n2' });
  await lab.run(deregisterNode, { node: 'n2' });
  expect(lab.ask(instancesOnNode, 'n2')).toEqual([]);
  expect(lab.ask(checksOnNode, 'n2')).toEqual([]);
  expect(lab.ask(nodeList, '').map(({ node }) => node.node)).toEqual(['n1']);
});

test('a node that comes back under another name keeps what is on it', async () => {
  const lab = await openCatalogLab();
  const parts = {
    id: 'uuid',
    address: '10.0.0.2',
    datacenter: 'dc1',
    taggedAddresses: {},
    meta: {},
  };
  await lab.run(registerNode, { ...parts, node: 'old' });
  await lab.register(withSidecar('web', 8080, { check: { id: 'c', ttl: '10s' } }), { node: 'old' });
  await lab.report('c', 'passing', { node: 'old' });
  await lab.run(registerNode, { ...parts, node: 'new' });
  expect(lab.ask(nodeList, '').map(({ node }) => node.node)).toEqual(['n1', 'new']);
  expect(lab.ask(instancesOnNode, 'old')).toEqual([]);
  const moved = lab
    .ask(checksOnNode, 'new')
    .map(({ check, state }) => [check.checkId, state.status]);
  expect(moved).toContainEqual(['c', 'passing']);
});

test('a node registered without an ID keeps the one it has', async () => {
  const lab = await openCatalogLab();
  const parts = { node: 'n2', address: 'a', datacenter: 'dc1', taggedAddresses: {}, meta: {} };
  await lab.run(registerNode, { ...parts, id: 'uuid' });
  await lab.run(registerNode, { ...parts, id: '', address: 'b' });
  expect(lab.ask(nodeList, '').at(-1)?.node).toMatchObject({ id: 'uuid', address: 'b' });
});
