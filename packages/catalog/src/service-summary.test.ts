import fc from 'fast-check';
import { expect, test } from 'vitest';
import { summariseService, summariseServices } from './index.ts';
import { addNode, openCatalogLab, withSidecar } from './testing/catalog-lab.ts';

const upstream = (name: string, port: number) => ({
  destination_name: name,
  local_bind_port: port,
});

test('a service counts its instances by their worst check, and its sidecars apart', async () => {
  const lab = await openCatalogLab();
  const check = (id: string) => ({ check_id: id, ttl: '10s' });
  await lab.register({ id: 'db1', name: 'db', port: 1, tags: ['b'], checks: [check('a')] });
  await lab.register({ id: 'db2', name: 'db', port: 2, tags: ['a', 'b'], check: check('b') });
  await lab.register({ id: 'db3', name: 'db', port: 3 });
  await lab.register({
    name: 'web',
    port: 4,
    connect: { sidecar_service: { proxy: { upstreams: [upstream('db', 5), upstream('api', 6)] } } },
  });
  await lab.report('a', 'warning');
  await lab.report('b', 'critical');
  const { view } = lab.store;
  expect(summariseService(view, 'db')).toEqual({
    name: 'db',
    instances: 3,
    passing: 1,
    warning: 1,
    critical: 1,
    sidecars: 0,
    tags: ['a', 'b'],
    upstreams: [],
  });
  expect(summariseService(view, 'web')).toMatchObject({
    instances: 1,
    sidecars: 1,
    upstreams: ['api', 'db'],
  });
  expect(summariseService(view, 'web-sidecar-proxy')).toBeUndefined();
  expect([...summariseServices(view).keys()].sort()).toEqual(['db', 'web']);
});

test('all at once and one by one come to the same', async () => {
  const status = fc.constantFrom('passing', 'warning', 'critical');
  const name = fc.constantFrom('a', 'b', 'c');
  const step = fc.record({ name, node: fc.constantFrom('n1', 'n2'), status, plain: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const lab = await openCatalogLab();
      await addNode(lab, 'n2', '10.0.0.2');
      for (const [at, { name: called, node, status: verdict, plain }] of steps.entries()) {
        const check = { check_id: `c${at}`, ttl: '10s' };
        const alias = { check_id: `l${at}`, alias_service: 'a0' };
        const rest = { id: `${called}${at}`, checks: at % 2 === 0 ? [check] : [check, alias] };
        const declared = { name: called, port: 1000 + at, ...rest };
        await lab.register(plain ? declared : withSidecar(called, 1000 + at, rest), { node });
        await lab.report(`c${at}`, verdict, { node });
      }
      const { view } = lab.store;
      for (const each of ['a', 'b', 'c', 'a-sidecar-proxy']) {
        expect(summariseServices(view).get(each)).toEqual(summariseService(view, each));
      }
    }),
    { numRuns: 30 },
  );
});
