import type { IntentionAction } from '@chancery/intentions';
import type { Verdict } from './caller.ts';
import { createExpectation, type Expectation } from './expectation.ts';
import { fence, type Guarded, type OracleMesh } from './oracle-mesh.ts';
import type { Tally } from './tally.ts';

/** One sequence under way: the mesh, what is expected of it, and what was counted. */
export interface SequenceRun {
  readonly mesh: OracleMesh;
  readonly expectation: Expectation;
  readonly tally: Tally;
  /** What was done so far, for people. */
  readonly story: string[];
  /** Connections that each Envoy was to judge in this sequence, whatever they were for. */
  readonly judged: Map<Guarded, Record<Verdict, number>>;
}

/** Begins a sequence; what the fences of the mesh say is known. */
export function beginRun(
  mesh: OracleMesh,
  defaultAction: IntentionAction,
  tally: Tally,
): SequenceRun {
  const expectation = createExpectation(defaultAction);
  for (const [destination, action] of mesh.fences) {
    expectation.write({ source: fence, destination, action });
  }
  const judged = new Map(mesh.guarded.map((each) => [each, { echo: 0, closed: 0 }]));
  return { mesh, expectation, tally, story: [], judged };
}

/** How a source dials: with its certificate, or by way of the real Envoy beside it (`web` alone has one). */
export type Way = 'direct' | 'through its Envoy';

/** Dials, and notes what came of it; with a decision also that Envoy is to log it under that name. */
export async function knock(
  { mesh, judged }: SequenceRun,
  source: string,
  to: Guarded,
  { way = 'direct', decision }: { readonly way?: Way; readonly decision?: string } = {},
): Promise<Verdict> {
  const { verdict, from } = await (way === 'direct' ? mesh.dial(source, to) : mesh.web.dial(to));
  if (from !== undefined) to.log.note({ source, from, decision });
  const counts = judged.get(to);
  if (counts !== undefined) counts[verdict] += 1;
  return verdict;
}

/** What `decide` wants to come of dialling. */
export function wanted({ expectation }: SequenceRun, source: string, to: Guarded): Verdict {
  return expectation.allows(source, to.service) ? 'echo' : 'closed';
}

/** The sentence by which a test tells a disagreement from anything else that goes wrong. */
export const disagreement = 'Envoy and decide disagree';

/** What is thrown where a real Envoy does something else than `decide` says. */
export function disagree(run: SequenceRun, what: string): Error {
  return new Error(`${disagreement}: ${what}\nafter\n  ${run.story.join('\n  ')}`);
}
