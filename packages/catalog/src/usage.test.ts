import { expect, test } from 'vitest';
import { catalogUsage, checkTotals } from './index.ts';
import { openCatalogLab, withSidecar } from './testing/catalog-lab.ts';

test('the catalog is counted: nodes, names, instances, what is of the mesh and what works itself', async () => {
  const lab = await openCatalogLab();
  await lab.register(withSidecar('db', 9090));
  await lab.register({ name: 'db', id: 'db-2', port: 9091, connect: { native: true } });
  await lab.register({ name: 'consul', port: 8300 });
  const counted = lab.ask(catalogUsage, '');
  expect(counted).toMatchObject({ nodes: 1, services: 3, instances: 4, workloads: 2 });
  expect(counted.meshInstances).toMatchObject({
    'connect-proxy': 1,
    'connect-native': 1,
    'mesh-gateway': 0,
  });
});

test('checks are counted by their verdict, those that stand for others too', async () => {
  const lab = await openCatalogLab();
  await lab.register(withSidecar('db', 9090, { check: { ttl: '10s', id: 'beat' } }));
  expect(lab.ask(checkTotals, '')).toEqual({ passing: 0, warning: 0, critical: 3 });
  await lab.report('beat', 'warning');
  expect(lab.ask(checkTotals, '')).toEqual({ passing: 0, warning: 2, critical: 1 });
});

test('a change that leaves the numbers as they are leaves the result as it is', async () => {
  const lab = await openCatalogLab();
  await lab.register({ name: 'db', port: 9090 });
  const before = lab.ask(catalogUsage, '');
  await lab.register({ name: 'db', port: 9091 });
  expect(lab.ask(catalogUsage, '')).toBe(before);
});
