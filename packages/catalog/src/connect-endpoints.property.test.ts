import { serviceKey, serviceRef } from '@chancery/identity';
import type { CheckStatus } from '@chancery/model';
import type { View } from '@chancery/store';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Check,
  checkStatuses,
  checks,
  connectEndpoints,
  deregisterService,
  type Endpoint,
  type Instance,
  instances,
  nodes,
  registerCheck,
  setCheckStatus,
} from './index.ts';
import { addNode, type CatalogLab, openCatalogLab, withSidecar } from './testing/catalog-lab.ts';

const NODES = ['n1', 'n2'] as const;
const NAMES = ['db', 'web'] as const;
const STATUSES = ['passing', 'warning', 'critical'] as const;

type Step =
  | { kind: 'register'; node: string; name: string; id: string; sidecar: boolean; ttl: boolean }
  | { kind: 'proxy'; node: string; name: string; id: string }
  | { kind: 'deregister'; node: string; at: number }
  | { kind: 'node-check'; node: string }
  | { kind: 'status'; at: number; status: CheckStatus };

const node = fc.constantFrom(...NODES);
const name = fc.constantFrom(...NAMES);
const id = fc.constantFrom('i1', 'i2');
const at = fc.nat(20);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('register' as const),
        node,
        name,
        id,
        sidecar: fc.boolean(),
        ttl: fc.boolean(),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('proxy' as const), node, name, id }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('deregister' as const), node, at }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('node-check' as const), node }) },
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant('status' as const),
        at,
        status: fc.constantFrom(...STATUSES),
      }),
    },
  ),
  { minLength: 10, maxLength: 40 },
);

async function carryOut(lab: CatalogLab, step: Step): Promise<void> {
  const { view } = lab.store;
  const principal = { principal: { name: 'test' } };
  switch (step.kind) {
    case 'register': {
      const check = step.ttl ? { check: { id: `${step.id}-ttl`, ttl: '10s' } } : {};
      const rest = { id: step.id, weights: { passing: 5, warning: 2 }, ...check };
      const plain = { name: step.name, port: 9000, ...rest };
      await lab.register(step.sidecar ? withSidecar(step.name, 9000, rest) : plain, {
        node: step.node,
      });
      return;
    }
    case 'proxy': {
      const proxy = { destination_service_name: step.name, destination_service_id: step.id };
      await lab.register(
        { name: 'p', port: 7000, kind: 'connect-proxy', proxy },
        { node: step.node },
      );
      return;
    }
    case 'deregister': {
      const there = view.by(instances, 'node', step.node);
      const gone = there[step.at % Math.max(1, there.length)];
      if (gone === undefined) return;
      await lab.run(deregisterService, { node: step.node, serviceId: gone.service.id });
      return;
    }
    case 'node-check': {
      const probe = { kind: 'ttl', ttlMs: 1000 } as const;
      const check = {
        checkId: 'disk',
        name: 'disk',
        notes: '',
        initialStatus: 'passing',
        probe,
      } as const;
      await lab.run(registerCheck, { node: step.node, serviceId: '', check });
      return;
    }
    case 'status': {
      const known = view.all(checks).filter(({ probe }) => probe.kind !== 'alias');
      const check = known[step.at % Math.max(1, known.length)];
      if (check === undefined) return;
      const verdict = { node: check.node, checkId: check.checkId, status: step.status, output: '' };
      await lab.store.commit(setCheckStatus, verdict, principal);
    }
  }
}

/** The rule written out over all rows, with no index and no memo. Sidecars here alias only their parent. */
function endpointsByScan(view: View, service: string): readonly Endpoint[] {
  const found = view.all(instances).flatMap((row): Endpoint[] => {
    const proxy = row.service.proxy;
    if (proxy?.destinationServiceName !== service) return [];
    const parent = view
      .all(instances)
      .find((other) => other.node === row.node && other.service.id === proxy.destinationServiceId);
    if (parent?.service.name !== service) return [];
    const worst = worstOf(view, [row, parent]);
    if (worst === 'critical') return [];
    const address = view.all(nodes).find((other) => other.node === row.node)?.address ?? '';
    return [{ address, port: row.service.port, weight: parent.service.weights[worst] }];
  });
  return found.sort((a, b) =>
    a.address < b.address ? -1 : a.address > b.address ? 1 : a.port - b.port,
  );
}

function worstOf(view: View, rows: readonly Instance[]): CheckStatus {
  const concerns = (check: Check): boolean =>
    rows.some((row) => check.node === row.node && ['', row.service.id].includes(check.serviceId));
  const found = view
    .all(checks)
    .filter((check) => concerns(check) && check.probe.kind !== 'alias')
    .map((check) => {
      const same = (row: { node: string; checkId: string }): boolean =>
        row.node === check.node && row.checkId === check.checkId;
      return view.all(checkStatuses).find(same)?.status ?? check.initialStatus;
    });
  return STATUSES.toReversed().find((status) => found.includes(status)) ?? 'passing';
}

function portsOf(view: View): readonly string[] {
  return view
    .all(instances)
    .filter(({ asSidecar }) => asSidecar)
    .map(({ node: place, service }) => `${place}:${service.port}`);
}

test('after any sequence of changes the endpoints are what a scan of all rows gives', async () => {
  let total = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const lab = await openCatalogLab();
      await addNode(lab, 'n2', '10.0.0.2');
      for (const step of sequence) {
        await carryOut(lab, step);
        for (const service of NAMES) {
          const scanned = endpointsByScan(lab.store.view, service);
          expect(lab.ask(connectEndpoints, serviceKey(serviceRef(service)))).toEqual(scanned);
          total += scanned.length;
        }
      }
      const ports = portsOf(lab.store.view);
      expect(new Set(ports).size).toBe(ports.length);
    }),
    { numRuns: 60 },
  );
  expect(total).toBeGreaterThan(100);
});
