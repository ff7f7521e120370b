import { serviceKey, serviceRef } from '@chancery/identity';
import { expect, test } from 'vitest';
import {
  checksInState,
  checksOfInstance,
  checksOfService,
  connectHealthInstances,
  healthInstances,
  healthOf,
  instanceAt,
  instanceKey,
  serviceNames,
} from './index.ts';
import { addNode, openCatalogLab, withSidecar } from './testing/catalog-lab.ts';

const key = (name: string): string => serviceKey(serviceRef(name));

test('names come in order with the tags of all their instances', async () => {
  const lab = await openCatalogLab();
  await lab.register({ name: 'web', port: 1, tags: ['b'] });
  await lab.register({ id: 'web2', name: 'web', port: 2, tags: ['a', 'b'] });
  await lab.register({ name: 'db', port: 3 });
  const names = lab.ask(serviceNames, '');
  expect(names).toEqual([
    { name: 'db', tags: [] },
    { name: 'web', tags: ['a', 'b'] },
  ]);
  await lab.register({ name: 'db', port: 4 });
  expect(lab.ask(serviceNames, '')).toBe(names);
});

test('of many names, a change makes only the group of its name and the list anew', async () => {
  const lab = await openCatalogLab();
  for (let at = 0; at < 300; at += 1) await lab.register({ name: `app-${at}`, port: 1000 + at });
  const names = lab.ask(serviceNames, '');
  expect(names.map(({ name }) => name)).toEqual(names.map(({ name }) => name).toSorted());
  expect(names).toHaveLength(300);
  const { evaluations } = lab.store.counters;
  await lab.register({ name: 'app-7', port: 1007, tags: ['a'] });
  const again = lab.ask(serviceNames, '');
  expect(again.find(({ name }) => name === 'app-7')?.tags).toEqual(['a']);
  expect(lab.store.counters.evaluations - evaluations).toBe(2);
});

test('the instances of a service come by node and ID, with the checks of node and instance', async () => {
  const lab = await openCatalogLab();
  await addNode(lab, 'n0', '10.0.0.2');
  await lab.register({ id: 'z', name: 'web', port: 1, check: { id: 'c', ttl: '10s' } });
  await lab.register({ id: 'a', name: 'web', port: 1 });
  await lab.register({ id: 'm', name: 'web', port: 1 }, { node: 'n0' });
  const rows = lab.ask(healthInstances, key('web'));
  expect(
    rows.map(({ instance, checks }) => [instance.node, instance.service.id, checks.length]),
  ).toEqual([
    ['n0', 'm', 0],
    ['n1', 'a', 0],
    ['n1', 'z', 1],
  ]);
  expect(rows[0]?.instance.on.node.address).toBe('10.0.0.2');
});

test('what takes mTLS for a service is listed well or not', async () => {
  const lab = await openCatalogLab();
  await lab.register(withSidecar('db', 1));
  const rows = lab.ask(connectHealthInstances, key('db'));
  expect(rows.map(({ instance }) => instance.service.id)).toEqual(['db-sidecar-proxy']);
  expect(rows[0]?.checks.map(({ state }) => state.status)).toEqual(['critical', 'passing']);
});

test('a row tells the commits that made it and last changed it', async () => {
  const lab = await openCatalogLab();
  await lab.register({ name: 'web', port: 1, check: { id: 'c', ttl: '10s' } });
  const created = lab.store.view.revision;
  await lab.report('c', 'passing');
  const checked = lab.store.view.revision;
  await lab.register({ name: 'web', port: 2, check: { id: 'c', ttl: '10s' } });
  const modified = lab.store.view.revision;
  const [row] = lab.ask(healthInstances, key('web'));
  expect(row?.instance.revisions).toEqual({ created, modified });
  expect(row?.checks[0]?.revisions).toEqual({ created, modified: checked });
});

test('checks are found by service, by instance and by state', async () => {
  const lab = await openCatalogLab();
  await lab.register({ name: 'web', port: 1, tags: ['t'], check: { id: 'w', ttl: '10s' } });
  await lab.register({ name: 'db', port: 2, check: { id: 'd', ttl: '10s', status: 'passing' } });
  expect(lab.ask(checksOfService, key('web'))).toMatchObject([
    { check: { checkId: 'w' }, serviceName: 'web', serviceTags: ['t'] },
  ]);
  expect(lab.ask(checksOfInstance, instanceKey('n1', 'db'))).toMatchObject([
    { check: { checkId: 'd' } },
  ]);
  const inState = (state: 'any' | 'passing' | 'critical'): unknown =>
    lab.ask(checksInState, state).map(({ check }) => check.checkId);
  expect([inState('any'), inState('passing'), inState('critical')]).toEqual([
    ['d', 'w'],
    ['d'],
    ['w'],
  ]);
});

test('the health of an instance is the worst of its checks, and unknown for a stranger', async () => {
  const lab = await openCatalogLab();
  await lab.register({
    name: 'web',
    port: 1,
    checks: [
      { id: 'a', name: 'a', ttl: '10s' },
      { id: 'b', name: 'b', ttl: '10s' },
    ],
  });
  await lab.report('a', 'passing');
  await lab.report('b', 'warning');
  expect(lab.ask(healthOf, instanceKey('n1', 'web'))).toBe('warning');
  expect(lab.ask(healthOf, instanceKey('n1', 'nope'))).toBeUndefined();
  expect(lab.ask(instanceAt, instanceKey('n1', 'nope'))).toBeUndefined();
});

test('a slash in the name of a node does not let two instances meet', async () => {
  const lab = await openCatalogLab();
  await addNode(lab, 'a', '10.0.0.2');
  await addNode(lab, 'a/b', '10.0.0.3');
  await lab.register({ id: 'b/c', name: 'one', port: 1 }, { node: 'a' });
  await lab.register({ id: 'c', name: 'two', port: 1 }, { node: 'a/b' });
  expect(lab.ask(instanceAt, instanceKey('a', 'b/c'))?.service.name).toBe('one');
  expect(lab.ask(instanceAt, instanceKey('a/b', 'c'))?.service.name).toBe('two');
});
