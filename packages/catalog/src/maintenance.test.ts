import { expect, test } from 'vitest';
import {
  checksOnNode,
  deregisterService,
  healthOf,
  instanceKey,
  maintainNode,
  maintainService,
} from './index.ts';
import { type CatalogLab, openCatalogLab } from './testing/catalog-lab.ts';

async function lab(): Promise<CatalogLab> {
  const opened = await openCatalogLab();
  await opened.register({ name: 'db', port: 1 });
  await opened.register({ name: 'web', port: 2 });
  return opened;
}

const db = { node: 'n1', serviceId: 'db', reason: '' };
const health = (of: CatalogLab, id: string) => of.ask(healthOf, instanceKey('n1', id));
const notes = (of: CatalogLab) =>
  of.ask(checksOnNode, 'n1').map(({ check }) => [check.checkId, check.name, check.notes]);

test('a service is out of service for the first reason that was given, until it is taken back', async () => {
  const opened = await lab();
  await opened.run(maintainService, { ...db, enable: true, reason: 'a new disk' });
  await opened.run(maintainService, { ...db, enable: true, reason: 'another' });
  expect(notes(opened)).toEqual([
    ['_service_maintenance:db', 'Service Maintenance Mode', 'a new disk'],
  ]);
  expect([health(opened, 'db'), health(opened, 'web')]).toEqual(['critical', 'passing']);
  await opened.run(maintainService, { ...db, enable: false });
  expect(health(opened, 'db')).toBe('passing');
  const { revision } = opened.store.view;
  await opened.run(maintainService, { ...db, enable: false });
  expect(opened.store.view.revision).toBe(revision);
});

test('a node takes all that is on it with it; without a reason the note says so', async () => {
  const opened = await lab();
  await opened.run(maintainNode, { node: 'n1', enable: true, reason: '' });
  expect(notes(opened)).toEqual([
    [
      '_node_maintenance',
      'Node Maintenance Mode',
      'Maintenance mode is enabled for this node, but no reason was provided. This is a default message.',
    ],
  ]);
  expect([health(opened, 'db'), health(opened, 'web')]).toEqual(['critical', 'critical']);
});

test('who registers a service again does not take it back, who deregisters it does', async () => {
  const opened = await lab();
  await opened.run(maintainService, { ...db, enable: true });
  await opened.register({ name: 'db', port: 1 }, { replace: true });
  expect(health(opened, 'db')).toBe('critical');
  await opened.run(deregisterService, { node: 'n1', serviceId: 'db' });
  expect(notes(opened)).toEqual([]);
});

test('what is not there cannot be taken out of service', async () => {
  const opened = await lab();
  expect(await opened.refused(maintainService, { ...db, serviceId: 'nope', enable: true })).toEqual(
    {
      code: 'not-found',
      message:
        'Unknown service ID "nope". Ensure that the service ID is passed, not the service name.',
    },
  );
});
