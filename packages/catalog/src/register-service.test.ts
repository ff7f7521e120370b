import { expect, test } from 'vitest';
import {
  checkAt,
  checkKey,
  checksOnNode,
  deregisterService,
  instanceAt,
  instancesOnNode,
  registerService,
} from './index.ts';
import {
  addNode,
  onFirstNode,
  openCatalogLab,
  registration,
  sidecarPorts,
  withSidecar,
} from './testing/catalog-lab.ts';

test('sidecars are given ports in the order in which they are registered', async () => {
  const lab = await openCatalogLab();
  expect(await lab.register(withSidecar('web', 8080))).toEqual({ sidecarPort: 21000 });
  expect(await lab.register(withSidecar('db', 9090))).toEqual({ sidecarPort: 21001 });
});

test('a sidecar that declares no checks is checked for listening and for the health of its parent', async () => {
  const lab = await openCatalogLab();
  await lab.register(withSidecar('web', 8080));
  const rows = lab.ask(checksOnNode, 'n1');
  expect(rows.map(({ check, state }) => [check.checkId, check.name, check.probe, state])).toEqual([
    [
      'service:web-sidecar-proxy:1',
      'Connect Sidecar Listening',
      { kind: 'tcp', address: '127.0.0.1:21000', intervalMs: 10_000 },
      { status: 'critical', output: '' },
    ],
    [
      'service:web-sidecar-proxy:2',
      'Connect Sidecar Aliasing web',
      { kind: 'alias', serviceId: 'web' },
      { status: 'passing', output: 'No checks found.' },
    ],
  ]);
});

test.each([
  [{ address: '10.1.1.1' }, '10.1.1.1:21000'],
  [{ address: 'fd00::1' }, '[fd00::1]:21000'],
  [
    { connect: { sidecar_service: { proxy: { local_service_address: '127.0.0.6' } } } },
    '127.0.0.6:21000',
  ],
])('a sidecar of %j is dialled at %s', async (rest, address) => {
  const lab = await openCatalogLab();
  await lab.register(withSidecar('web', 8080, rest));
  const row = lab.ask(checkAt, checkKey('n1', 'service:web-sidecar-proxy:1'));
  expect(row?.check.probe).toMatchObject({ address });
});

test('a sidecar with checks of its own has only those', async () => {
  const lab = await openCatalogLab();
  const block = { checks: [{ id: 'mine', name: 'mine', ttl: '10s' }] };
  await lab.register(withSidecar('web', 8080, { connect: { sidecar_service: block } }));
  expect(lab.ask(checksOnNode, 'n1').map(({ check }) => check.checkId)).toEqual(['mine']);
});

test('a service, its sidecar and their checks are one commit', async () => {
  const lab = await openCatalogLab();
  const before = lab.store.view.revision;
  await lab.register(withSidecar('web', 8080, { check: { ttl: '10s' } }));
  expect(lab.store.view.revision).toBe(before + 1);
});

test('registering the same again changes nothing', async () => {
  const lab = await openCatalogLab();
  await lab.register(withSidecar('web', 8080, { check: { ttl: '10s' } }));
  const before = lab.store.view.revision;
  await lab.register(withSidecar('web', 8080, { check: { ttl: '10s' } }));
  expect(lab.store.view.revision).toBe(before);
});

test('a sidecar keeps its port when it is registered again', async () => {
  const lab = await openCatalogLab();
  await lab.register(withSidecar('web', 8080));
  await lab.register(withSidecar('db', 9090));
  await lab.run(deregisterService, { node: 'n1', serviceId: 'web' });
  expect(await lab.register(withSidecar('db', 9091))).toEqual({ sidecarPort: 21001 });
});

test('an explicit sidecar port is taken as it is, and kept only while it is of the range', async () => {
  const lab = await openCatalogLab();
  const explicit = (port: number): object => ({ connect: { sidecar_service: { port } } });
  expect(await lab.register(withSidecar('web', 1, explicit(21007)))).toEqual({
    sidecarPort: 21007,
  });
  expect(await lab.register(withSidecar('web', 1))).toEqual({ sidecarPort: 21007 });
  expect(await lab.register(withSidecar('web', 1, explicit(30000)))).toEqual({
    sidecarPort: 30000,
  });
  expect(await lab.register(withSidecar('web', 1))).toEqual({ sidecarPort: 21000 });
});

test('a port that any instance of the node has is not given to a sidecar', async () => {
  const lab = await openCatalogLab();
  await lab.register({ name: 'plain', port: 21001 });
  expect(await lab.register(withSidecar('odd', 21000))).toEqual({ sidecarPort: 21002 });
});

test('nodes do not compete for ports', async () => {
  const lab = await openCatalogLab();
  await addNode(lab, 'n2', '10.0.0.2');
  await lab.register(withSidecar('web', 8080));
  expect(await lab.register(withSidecar('web', 8080), { node: 'n2' })).toEqual({
    sidecarPort: 21000,
  });
});

test('when the range is used up the registration is refused and nothing of it is kept', async () => {
  const lab = await openCatalogLab();
  const ports = { min: 21000, max: 21001 };
  await lab.register(withSidecar('a', 1), { ports });
  await lab.register(withSidecar('b', 2), { ports });
  const refusal = await lab.refused(registerService, {
    node: 'n1',
    registration: registration(withSidecar('c', 3)),
    replaceExistingChecks: false,
    sidecarPorts: ports,
  });
  expect(refusal).toEqual({
    code: 'exhausted',
    message:
      'no port provided for sidecar_service and none left in the configured range [21000, 21001]',
  });
  expect(lab.ask(instanceAt, onFirstNode('c'))).toBeUndefined();
});

test('a range that is turned off leaves explicit ports', async () => {
  const lab = await openCatalogLab();
  const ports = { min: -1, max: -1 };
  const refusal = await lab.refused(registerService, {
    node: 'n1',
    registration: registration(withSidecar('c', 3)),
    replaceExistingChecks: false,
    sidecarPorts: ports,
  });
  expect(refusal.code).toBe('exhausted');
  const explicit = { connect: { sidecar_service: { port: 7 } } };
  expect(await lab.register(withSidecar('c', 3, explicit), { ports })).toEqual({ sidecarPort: 7 });
});

test('a service registered again without its sidecar block keeps the sidecar', async () => {
  const lab = await openCatalogLab();
  await lab.register(withSidecar('web', 8080));
  await lab.register({ name: 'web', port: 8081 });
  expect(lab.ask(instancesOnNode, 'n1').map(({ service }) => service.id)).toEqual([
    'web',
    'web-sidecar-proxy',
  ]);
});

test('a check that is declared again keeps its status', async () => {
  const lab = await openCatalogLab();
  const db = (ttl: string): object => ({
    name: 'db',
    port: 1,
    check: { id: 'c', ttl, notes: ttl },
  });
  await lab.register(db('10s'));
  await lab.report('c', 'passing', { output: 'hi' });
  await lab.register(db('20s'), { replace: true });
  const row = lab.ask(checkAt, checkKey('n1', 'c'));
  expect(row?.check.notes).toBe('20s');
  expect(row?.state).toEqual({ status: 'passing', output: 'hi' });
});

test('a check that never reported keeps the status it began with', async () => {
  const lab = await openCatalogLab();
  const db = (status: string): object => ({
    name: 'db',
    port: 1,
    check: { id: 'c', ttl: '10s', status },
  });
  await lab.register(db('passing'));
  await lab.register(db('critical'));
  expect(lab.ask(checkAt, checkKey('n1', 'c'))?.state.status).toBe('passing');
});

test('a check ID that moves to another service begins anew', async () => {
  const lab = await openCatalogLab();
  await lab.register({ name: 'a', port: 1, check: { id: 'same', ttl: '10s' } });
  await lab.report('same', 'passing');
  await lab.register({ name: 'b', port: 2, check: { id: 'same', ttl: '10s' } });
  const row = lab.ask(checkAt, checkKey('n1', 'same'));
  expect(row).toMatchObject({ serviceName: 'b', state: { status: 'critical', output: '' } });
});

test('checks that are not named again stay unless they are to be replaced', async () => {
  const lab = await openCatalogLab();
  const db = (id: string): object => ({ name: 'db', port: 1, check: { id, ttl: '10s' } });
  const ids = (): readonly string[] =>
    lab.ask(checksOnNode, 'n1').map(({ check }) => check.checkId);
  await lab.register(db('first'));
  await lab.register(db('second'));
  expect(ids()).toEqual(['first', 'second']);
  await lab.register(db('second'), { replace: true });
  expect(ids()).toEqual(['second']);
});

test('a service on a node that is not there is refused', async () => {
  const lab = await openCatalogLab();
  const refusal = await lab.refused(registerService, {
    node: 'nowhere',
    registration: registration({ name: 'a', port: 1 }),
    replaceExistingChecks: false,
    sidecarPorts,
  });
  expect(refusal.code).toBe('not-found');
});
