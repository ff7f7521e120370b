import {
  catalogTables,
  deregisterCheck,
  deregisterService,
  registerCheck,
  registerNode,
  registerService,
  type ServiceSummary,
  setCheckStatus,
  summariseServices,
} from '@chancery/catalog';
import { decodeServiceRegistration, type ServiceRegistration } from '@chancery/model';
import { type Command, memoryJournal, openStore } from '@chancery/store';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { LiveRows } from './live-rows.ts';
import { serviceRows } from './service-rows.ts';

const names = ['a', 'b', 'c'];
const node = 'n1';
const by = { principal: { name: 'test' } };
const status = fc.constantFrom('passing' as const, 'warning' as const, 'critical' as const);
const name = fc.constantFrom(...names);

type Step =
  | {
      readonly kind: 'register';
      readonly name: string;
      readonly sidecar: boolean;
      readonly aliased: boolean;
      readonly of: string;
    }
  | { readonly kind: 'deregister'; readonly name: string }
  | {
      readonly kind: 'report';
      readonly checkId: string;
      readonly status: 'passing' | 'warning' | 'critical';
    }
  | { readonly kind: 'uncheck'; readonly checkId: string };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('register' as const),
    name,
    sidecar: fc.boolean(),
    aliased: fc.boolean(),
    of: name,
  }),
  fc.record({ kind: fc.constant('deregister' as const), name }),
  fc.record({
    kind: fc.constant('report' as const),
    checkId: fc.constantFrom('node', ...names.map((each) => `c-${each}`)),
    status,
  }),
  fc.record({
    kind: fc.constant('uncheck' as const),
    checkId: fc.constantFrom(...names.flatMap((each) => [`c-${each}`, `l-${each}`])),
  }),
);

async function openCatalog() {
  const store = await openStore({ tables: catalogTables, journal: memoryJournal(), now: () => 0 });
  /** Some steps make no sense in a state: they change nothing then. */
  const run = <Input>(command: Command<Input, unknown>, input: Input) =>
    store.commit(command, input, by);
  const rest = { id: '', datacenter: 'dc1', taggedAddresses: {}, meta: {} };
  await run(registerNode, { node, address: '10.0.0.1', ...rest });
  const [ofService] = registration({ name: 'x', port: 1, check: { ttl: '10s' } }).checks;
  if (ofService === undefined) throw new Error('no check');
  await run(registerCheck, { node, serviceId: '', check: { ...ofService, checkId: 'node' } });
  await run(setCheckStatus, { node, checkId: 'node', status: 'passing', output: '' });
  return { store, run };
}

type Catalog = Awaited<ReturnType<typeof openCatalog>>;

/** Every service has a check of its own, some one that stands for another service. */
function declared({
  name: called,
  sidecar,
  aliased,
  of,
}: Step & { readonly kind: 'register' }): object {
  const checks = [
    { check_id: `c-${called}`, ttl: '10s', status: 'passing' },
    ...(aliased ? [{ check_id: `l-${called}`, alias_service: of }] : []),
  ];
  const upstreams = [{ destination_name: of, local_bind_port: 9191 }];
  return {
    id: called,
    name: called,
    port: 1,
    checks,
    ...(sidecar && { connect: { sidecar_service: { proxy: { upstreams } } } }),
  };
}

async function take({ run }: Catalog, taken: Step): Promise<void> {
  switch (taken.kind) {
    case 'register': {
      const sidecarPorts = { min: 21000, max: 21255 };
      const wanted = registration(declared(taken));
      const input = { node, registration: wanted, replaceExistingChecks: true, sidecarPorts };
      await run(registerService, input);
      return;
    }
    case 'deregister':
      await run(deregisterService, { node, serviceId: taken.name });
      return;
    case 'report':
      await run(setCheckStatus, { node, output: '', ...taken });
      return;
    case 'uncheck':
      await run(deregisterCheck, { node, checkId: taken.checkId });
  }
}

function registration(value: object): ServiceRegistration {
  const decoded = decodeServiceRegistration(value, { casing: 'file' });
  if (!decoded.ok) throw new Error(decoded.issues.map(({ message }) => message).join('; '));
  return decoded.value;
}

function sorted(rows: Iterable<ServiceSummary>): readonly ServiceSummary[] {
  return [...rows].sort((a, b) => (a.name < b.name ? -1 : 1));
}

test('rows that are kept current are what all of the catalog comes to', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 10 }),
      fc.array(step, { minLength: 1, maxLength: 10 }),
      async (before, after) => {
        const catalog = await openCatalog();
        const { store } = catalog;
        for (const each of before) await take(catalog, each);
        const rows = new LiveRows(
          serviceRows(store, (cause) => {
            throw cause;
          }),
        );
        using _watch = rows.watch(() => {});
        expect(sorted(rows.values())).toEqual(sorted(summariseServices(store.view).values()));
        for (const each of after) await take(catalog, each);
        await vi.waitFor(() =>
          expect(sorted(rows.values())).toEqual(sorted(summariseServices(store.view).values())),
        );
      },
    ),
    { numRuns: 40 },
  );
});
