import { sources } from './operation.ts';
import type { Guarded } from './oracle-mesh.ts';
import { disagree, knock, type SequenceRun, type Way, wanted } from './sequence-run.ts';

/** Every source dials every destination once: there is no second try and no patience. */
export async function probeAll(run: SequenceRun): Promise<void> {
  const { guarded, registered, web } = run.mesh;
  const probes = guarded.flatMap((to) => sources.map((source) => probe(run, source, to, 'direct')));
  const throughWeb = guarded.map(async (to) => {
    if (!registered.has(to.service) || !(await web.reaches(to))) return;
    run.tally.throughTwoEnvoys += 1;
    await probe(run, 'web', to, 'through its Envoy');
  });
  // None is under way any more when this returns, even by throwing: Envoy counts each.
  const outcomes = await Promise.allSettled([...probes, ...throughWeb]);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

async function probe(run: SequenceRun, source: string, to: Guarded, way: Way): Promise<void> {
  const decision = run.expectation.decision(source, to.service);
  const actual = await knock(run, source, to, { way, decision });
  run.tally[actual === 'echo' ? 'allowed' : 'denied'] += 1;
  if (actual === wanted(run, source, to)) return;
  const did = actual === 'echo' ? 'let it through' : 'refused it';
  throw disagree(run, `${source} => ${to.service} (${way}): Envoy ${did}`);
}
