import type { Service } from '@chancery/model';
import { expect, test } from 'vitest';
import {
  type CatalogRegistration,
  checksOnNode,
  deregisterFromCatalog,
  instancesOnNode,
  nodeNamed,
  type ReportedCheck,
  registerInCatalog,
} from './index.ts';
import { type CatalogLab, openCatalogLab, registration } from './testing/catalog-lab.ts';

const service: Service = registration({ name: 's', port: 80 }).service;

function reported(serviceId: string, status: 'passing' | 'critical'): ReportedCheck {
  const definition = { checkId: 'c', name: 'c', notes: '', initialStatus: 'critical' } as const;
  return {
    check: { ...definition, serviceId, probe: { kind: 'reported' } },
    state: { status, output: 'said' },
  };
}

function external(rest: Partial<CatalogRegistration> = {}): CatalogRegistration {
  const node = { id: '', node: 'ext', address: '10.0.0.9', datacenter: 'dc1' };
  return {
    node: { ...node, taggedAddresses: {}, meta: {} },
    skipNodeUpdate: false,
    checks: [],
    ...rest,
  };
}

function contents(lab: CatalogLab): unknown {
  return {
    services: lab.ask(instancesOnNode, 'ext').map((row) => row.service.id),
    checks: lab.ask(checksOnNode, 'ext').map(({ check, state }) => [check.checkId, state]),
  };
}

test('a node, an instance and a check come in one commit, with the verdict as reported', async () => {
  const lab = await openCatalogLab();
  const before = lab.store.view.revision;
  await lab.run(registerInCatalog, external({ service, checks: [reported('s', 'passing')] }));
  expect(lab.store.view.revision).toBe(before + 1);
  expect(contents(lab)).toEqual({
    services: ['s'],
    checks: [['c', { status: 'passing', output: 'said' }]],
  });
});

test('a check of a service that is not there is refused in the words of Consul', async () => {
  const lab = await openCatalogLab();
  const input = external({ checks: [reported('nope', 'passing')] });
  expect(await lab.refused(registerInCatalog, input)).toEqual({
    code: 'invalid',
    message: "Unknown service ID 'nope' for check ID 'c'",
  });
});

test('a node that is to be left as it is stays so, and is made where there is none', async () => {
  const lab = await openCatalogLab();
  await lab.run(registerInCatalog, external({ skipNodeUpdate: true }));
  const other = { ...external().node, address: '10.0.0.10' };
  await lab.run(registerInCatalog, external({ node: other, skipNodeUpdate: true, service }));
  expect(lab.ask(nodeNamed, 'ext')?.node.address).toBe('10.0.0.9');
  await lab.run(registerInCatalog, external({ node: other }));
  expect(lab.ask(nodeNamed, 'ext')?.node.address).toBe('10.0.0.10');
});

test.each([
  [{ checkId: 'c' }, { services: ['s'], checks: [] }],
  [{ serviceId: 's' }, { services: [], checks: [] }],
  [{}, { services: [], checks: [] }],
  [{ checkId: 'nope' }, { services: ['s'], checks: [['c', expect.anything()]] }],
  [{ serviceId: 'nope' }, { services: ['s'], checks: [['c', expect.anything()]] }],
])('deregistering %j leaves %j', async (what, left) => {
  const lab = await openCatalogLab();
  await lab.run(registerInCatalog, external({ service, checks: [reported('s', 'critical')] }));
  await lab.run(deregisterFromCatalog, { node: 'ext', ...what });
  expect(contents(lab)).toEqual(left);
  expect(lab.ask(nodeNamed, 'ext') === undefined).toBe(Object.keys(what).length === 0);
});

test('a verdict reported again replaces the one before', async () => {
  const lab = await openCatalogLab();
  await lab.run(registerInCatalog, external({ service, checks: [reported('s', 'passing')] }));
  await lab.run(registerInCatalog, external({ checks: [reported('s', 'critical')] }));
  expect(lab.ask(checksOnNode, 'ext')).toMatchObject([{ state: { status: 'critical' } }]);
});
