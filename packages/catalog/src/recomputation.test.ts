import { serviceKey, serviceRef } from '@chancery/identity';
import { expect, test } from 'vitest';
import { connectEndpoints } from './index.ts';
import { type CatalogLab, openCatalogLab, withSidecar } from './testing/catalog-lab.ts';

const key = (name: string): string => serviceKey(serviceRef(name));

/** How many queries are evaluated again while something is asked. */
function evaluations(lab: CatalogLab, ask: () => void): number {
  const before = lab.store.counters.evaluations;
  ask();
  return lab.store.counters.evaluations - before;
}

test('a flip recomputes one instance and its service, however many others there are', async () => {
  const lab = await openCatalogLab();
  const names = Array.from({ length: 50 }, (_, at) => `s${at}`);
  for (const name of names) await lab.register(withSidecar(name, 1));
  for (const name of names) await lab.report(`service:${name}-sidecar-proxy:1`, 'passing');
  const askAll = (): void => {
    for (const name of names) lab.ask(connectEndpoints, key(name));
  };
  askAll();
  await lab.report('service:s7-sidecar-proxy:1', 'critical');
  expect(lab.ask(connectEndpoints, key('s8'))).toHaveLength(1);
  // The verdict of the sidecar, its endpoint, and the endpoints of the service.
  expect(evaluations(lab, askAll)).toBe(3);
});

test('a registration recomputes nothing of other services', async () => {
  const lab = await openCatalogLab();
  await lab.register(withSidecar('db', 1));
  lab.ask(connectEndpoints, key('db'));
  await lab.register(withSidecar('web', 1, { check: { ttl: '10s' } }));
  expect(evaluations(lab, () => lab.ask(connectEndpoints, key('db')))).toBe(0);
});
