import { expect, test } from 'vitest';
import {
  checkKey,
  checkState,
  deregisterCheck,
  deregisterService,
  healthOf,
  instanceKey,
  registerCheck,
  registerInCatalog,
  setCheckStatus,
} from './index.ts';
import { addNode, type CatalogLab, openCatalogLab } from './testing/catalog-lab.ts';

const ttl = (id: string): object => ({ id, name: `check ${id}`, ttl: '10s' });

async function aliasLab(): Promise<CatalogLab> {
  const lab = await openCatalogLab();
  await lab.register({ name: 'db', port: 1, checks: [ttl('a'), ttl('b')] });
  await lab.register({
    name: 'web',
    port: 2,
    check: { id: 'alias', name: 'x', alias_service: 'db' },
  });
  return lab;
}

function alias(lab: CatalogLab): unknown {
  return lab.ask(checkState, checkKey('n1', 'alias'));
}

test('an alias passes while all that it stands for pass', async () => {
  const lab = await aliasLab();
  await lab.report('a', 'passing');
  await lab.report('b', 'passing');
  expect(alias(lab)).toEqual({ status: 'passing', output: 'All checks passing.' });
});

test('an alias says which check is the worst', async () => {
  const lab = await aliasLab();
  await lab.report('a', 'warning', { output: 'slow' });
  await lab.report('b', 'passing');
  expect(alias(lab)).toEqual({
    status: 'warning',
    output: 'Aliased check "check a" failing: slow',
  });
  await lab.report('b', 'critical', { output: 'boom' });
  expect(alias(lab)).toEqual({
    status: 'critical',
    output: 'Aliased check "check b" failing: boom',
  });
});

test('an alias of a service without checks passes', async () => {
  const lab = await aliasLab();
  await lab.run(deregisterCheck, { node: 'n1', checkId: 'a' });
  await lab.run(deregisterCheck, { node: 'n1', checkId: 'b' });
  expect(alias(lab)).toEqual({ status: 'passing', output: 'No checks found.' });
});

test('an alias of a service that is gone is critical', async () => {
  const lab = await aliasLab();
  await lab.run(deregisterService, { node: 'n1', serviceId: 'db' });
  expect(alias(lab)).toEqual({
    status: 'critical',
    output: 'Service db could not be found on node ',
  });
});

test('an alias also stands for the checks of the node', async () => {
  const lab = await aliasLab();
  await lab.report('a', 'passing');
  await lab.report('b', 'passing');
  const probe = { kind: 'ttl', ttlMs: 1000 } as const;
  const check = {
    checkId: 'disk',
    name: 'disk',
    notes: '',
    initialStatus: 'critical',
    probe,
  } as const;
  await lab.run(registerCheck, { node: 'n1', serviceId: '', check });
  expect(alias(lab)).toEqual({ status: 'critical', output: 'Aliased check "disk" failing: ' });
});

test('aliases that stand for each other pass, and fail with a check that either stands for', async () => {
  const lab = await openCatalogLab();
  const ring = (name: string, other: string): object => ({
    name,
    port: 1,
    checks: [{ id: `${name}-alias`, name, alias_service: other }],
  });
  await lab.register(ring('a', 'b'));
  await lab.register(ring('b', 'a'));
  expect(lab.ask(healthOf, instanceKey('n1', 'a'))).toBe('passing');
  await lab.register({ name: 'b', port: 1, check: ttl('real') });
  expect(lab.ask(healthOf, instanceKey('n1', 'a'))).toBe('critical');
  expect(lab.ask(healthOf, instanceKey('n1', 'b'))).toBe('critical');
});

test('an alias may stand for an instance of another node', async () => {
  const lab = await openCatalogLab();
  await addNode(lab, 'n2', '10.0.0.2');
  await lab.register({ name: 'db', port: 1, check: ttl('far') }, { node: 'n2' });
  const probe = { kind: 'alias', serviceId: 'db', node: 'n2' } as const;
  const check = {
    checkId: 'alias',
    name: 'x',
    notes: '',
    initialStatus: 'passing',
    probe,
  } as const;
  await lab.run(registerCheck, { node: 'n1', serviceId: '', check });
  expect(alias(lab)).toMatchObject({ status: 'critical' });
  await lab.report('far', 'passing', { node: 'n2' });
  expect(alias(lab)).toEqual({ status: 'passing', output: 'All checks passing.' });
});

test('what others report about the node of an alias is not part of it', async () => {
  const lab = await aliasLab();
  await lab.report('a', 'passing');
  await lab.report('b', 'passing');
  const definition = { checkId: 'serfHealth', name: 'serf', notes: '', serviceId: '' };
  const check = { ...definition, initialStatus: 'critical', probe: { kind: 'reported' } } as const;
  const node = {
    id: '',
    node: 'n1',
    address: '',
    datacenter: 'dc1',
    taggedAddresses: {},
    meta: {},
  };
  const checks = [{ check, state: { status: 'critical', output: '' } as const }];
  await lab.run(registerInCatalog, { node, skipNodeUpdate: true, checks });
  expect(alias(lab)).toMatchObject({ status: 'passing' });
  expect(lab.ask(healthOf, instanceKey('n1', 'db'))).toBe('critical');
});

test('the same verdict again is no change', async () => {
  const lab = await aliasLab();
  await lab.report('a', 'passing', { output: 'x' });
  const before = lab.store.view.revision;
  await lab.report('a', 'passing', { output: 'x' });
  expect(lab.store.view.revision).toBe(before);
});

test('an alias takes no verdict, and an unknown check none either', async () => {
  const lab = await aliasLab();
  const verdict = { node: 'n1', status: 'passing', output: '' } as const;
  const onAlias = await lab.refused(setCheckStatus, { ...verdict, checkId: 'alias' });
  expect(onAlias.code).toBe('invalid');
  const onNone = await lab.refused(setCheckStatus, { ...verdict, checkId: 'nope' });
  expect(onNone.message).toBe(
    'Unknown check ID "nope". Ensure that the check ID is passed, not the check name.',
  );
});

test('a check of a service that is not there is refused', async () => {
  const lab = await openCatalogLab();
  const probe = { kind: 'ttl', ttlMs: 1000 } as const;
  const check = { checkId: 'c', name: 'c', notes: '', initialStatus: 'critical', probe } as const;
  const refusal = await lab.refused(registerCheck, { node: 'n1', serviceId: 'nope', check });
  expect(refusal).toEqual({ code: 'not-found', message: 'ServiceID "nope" does not exist' });
});
