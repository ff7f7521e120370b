import type { AnyQuery, Ask, Evaluated, Outcome } from './evaluated.ts';
import type { State } from './state.ts';
import { type Recorder, recordingView } from './state-view.ts';
import type { View } from './view.ts';

/** The evaluations under way, outermost first. */
export type Stack = Recorder[];

/** Runs a query over a state and records what it reads. Never throws. */
export function evaluate(
  state: State,
  query: AnyQuery,
  arg: string,
  ask: Ask,
  stack: Stack,
): Evaluated {
  const recorder: Recorder = { reads: new Set(), queries: new Set(), closed: false };
  stack.push(recorder);
  const outcome = run(query, arg, recordingView(state, ask, recorder));
  stack.pop();
  recorder.closed = true;
  return { outcome, reads: recorder.reads, queries: recorder.queries };
}

function run(query: AnyQuery, arg: string, view: View): Outcome {
  try {
    return { kind: 'value', value: query.evaluate(view, arg as never) };
  } catch (error) {
    return { kind: 'throw', error };
  }
}

/**
 * Ends an evaluation that came back to itself. That it did depends on what every evaluation under way
 * has read so far, so each of them takes on the reads of all: when one changes, all are evaluated again.
 *
 * @throws Error always.
 */
export function endCycle(query: AnyQuery, arg: string, stack: Stack): never {
  const reads = stack.flatMap((recorder) => [...recorder.reads]);
  const queries = stack.flatMap((recorder) => [...recorder.queries]);
  for (const recorder of stack) {
    for (const read of reads) recorder.reads.add(read);
    for (const used of queries) recorder.queries.add(used);
  }
  throw new Error(`query "${query.name}" depends on its own result for "${arg}"`);
}
