import { expect, test } from 'vitest';
import { meshWith } from './testing/mesh-of-names.ts';
import type { Assertion, Claim } from './verification.ts';
import { verify, verifySteps } from './verify.ts';

const services = Array.from({ length: 1000 }, (_, at) => `s${String(at).padStart(4, '0')}`);
/** A chain through all of them, with a few cross connections and denials. */
const intentions = services.flatMap((name, at) => [
  ...(at > 0 ? [`${services[at - 1]} => ${name} (allow)`] : []),
  ...(at > 9 && at % 7 === 0 ? [`${services[at - 9]} => ${name} (allow)`] : []),
  ...(at % 10 === 0 ? [`* => ${name} (deny)`] : []),
]);

function claim(at: number): Claim {
  const source = services[at * 3] ?? '';
  const destination = services[999 - at * 2] ?? '';
  if (at % 4 === 0) return { kind: 'never', source, destination };
  if (at % 4 === 1) return { kind: 'only', sources: [source], destination };
  return at % 4 === 2
    ? { kind: 'never', source, destination: '*' }
    : { kind: 'reachable', source: '*', destination };
}

test.each(['deny', 'allow'] as const)(
  'a hundred assertions in a mesh of a thousand services take no time to speak of, with default %s',
  async (defaultAction) => {
    const view = await meshWith({ services, intentions });
    const assertions = Array.from({ length: 100 }, (_, at): Assertion => {
      return { position: `rules.hcl:${at + 1}:1`, claim: claim(at), transitive: true };
    });
    const began = performance.now();
    const { results, findings } = verify(view, assertions, { defaultAction });
    const tookMs = performance.now() - began;
    expect(results).toHaveLength(100);
    expect(results.some(({ holds }) => !holds)).toBe(true);
    expect(findings.length).toBeGreaterThan(0);
    // Tenths of a second on a machine that does nothing else: what grows with the square of the services takes minutes.
    expect(tookMs).toBeLessThan(10_000);
  },
);

test('what every service is allowed everywhere is looked at in many small steps, and not at once', async () => {
  const everywhere = services.slice(0, 300);
  const view = await meshWith({
    services: everywhere,
    intentions: everywhere.flatMap((name) => [`${name} => * (allow)`, `* => ${name} (deny)`]),
  });
  const claims: readonly Claim[] = [
    { kind: 'reachable', source: '*', destination: '*' },
    { kind: 'only', sources: Array(100_000).fill('someone'), destination: '*' },
  ];
  const assertions = claims.map((each): Assertion => {
    return { position: 'rules.hcl:1:1', claim: each, transitive: true };
  });
  const work = verifySteps(view, assertions, { defaultAction: 'deny' });
  let steps = 0;
  let step = work.next();
  for (; step.done !== true; step = work.next()) steps += 1;
  expect(step.value).toEqual(verify(view, assertions, { defaultAction: 'deny' }));
  // Each service is looked at for each, and each intention.
  expect(steps).toBeGreaterThan(5 * 300);
});

test.each([
  ['allow', []],
  ['deny', []],
  ['allow', ['* => * (deny)']],
  ['deny', services.map((name) => `* => ${name} (deny)`)],
] as const)(
  'what each service is allowed everywhere is not looked at for each service again, with default %s and %o',
  async (defaultAction, others) => {
    const everywhere = services.map((name) => `${name} => * (allow)`);
    const view = await meshWith({ services, intentions: [...everywhere, ...others] });
    const work = verifySteps(view, [], { defaultAction });
    let steps = 0;
    while (work.next().done !== true) steps += 1;
    // A million is what each of them with each takes.
    expect(steps).toBeLessThan(10 * (services.length + everywhere.length + others.length));
  },
);
