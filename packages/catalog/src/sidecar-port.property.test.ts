import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deregisterService, instances, registerService } from './index.ts';
import {
  type CatalogLab,
  openCatalogLab,
  registration,
  withSidecar,
} from './testing/catalog-lab.ts';

const RANGE = { min: 21000, max: 21002 };
const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const port = fc.integer({ min: 20999, max: 21003 });

type Step =
  | { kind: 'sidecar'; id: string }
  | { kind: 'gone'; id: string }
  | { kind: 'plain'; id: string; port: number }
  | { kind: 'explicit'; id: string; port: number };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('sidecar' as const), id }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('gone' as const), id }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('plain' as const), id, port }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('explicit' as const), id, port }) },
  ),
  { minLength: 5, maxLength: 40 },
);

function declarationOf(step: Exclude<Step, { kind: 'gone' }>): object {
  switch (step.kind) {
    case 'sidecar':
      return withSidecar(step.id, 1);
    case 'plain':
      return { name: step.id, port: step.port };
    case 'explicit':
      return withSidecar(step.id, 1, { connect: { sidecar_service: { port: step.port } } });
  }
}

/** The port that the sidecar of a plain registration must come to, by a scan; 0 when there is none. */
function expectedPort(lab: CatalogLab, parent: string): number {
  const rows = lab.store.view.all(instances);
  const present = rows.find(({ service }) => service.id === `${parent}-sidecar-proxy`)?.service
    .port;
  if (present !== undefined && present >= RANGE.min && present <= RANGE.max) return present;
  const taken = new Set(rows.map(({ service }) => service.port));
  for (let candidate = RANGE.min; candidate <= RANGE.max; candidate += 1) {
    if (!taken.has(candidate)) return candidate;
  }
  return 0;
}

async function carryOut(lab: CatalogLab, step: Step): Promise<number> {
  const by = { principal: { name: 'test' } };
  if (step.kind === 'gone') {
    await lab.store.commit(deregisterService, { node: 'n1', serviceId: step.id }, by);
    return 0;
  }
  const input = {
    node: 'n1',
    registration: registration(declarationOf(step)),
    replaceExistingChecks: false,
    sidecarPorts: RANGE,
  };
  const committed = await lab.store.commit(registerService, input, by);
  return committed.ok ? (committed.result.sidecar?.port ?? 0) : 0;
}

test('whatever came and went, a sidecar keeps its port or is given the lowest free one', async () => {
  let allocated = 0;
  let exhausted = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const lab = await openCatalogLab();
      for (const step of sequence) {
        const expected = expectedPort(lab, step.id);
        const given = await carryOut(lab, step);
        if (step.kind !== 'sidecar') continue;
        expect(given).toBe(expected);
        if (given === 0) exhausted += 1;
        else allocated += 1;
      }
    }),
    { numRuns: 200 },
  );
  expect(allocated).toBeGreaterThan(100);
  expect(exhausted).toBeGreaterThan(0);
});
