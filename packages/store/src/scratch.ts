import { type AnyQuery, type Ask, type Evaluated, settled } from './evaluated.ts';
import { endCycle, evaluate, type Stack } from './evaluation.ts';
import type { State } from './state.ts';
import type { TouchKey } from './touch-key.ts';

/** Results at another state, and the keys in which the two states differ. */
export interface ScratchBase {
  readonly ask: Ask;
  /** Undefined when the base cannot be relied on, or not any more. */
  readonly differing: () => { has(key: TouchKey): boolean } | undefined;
}

/**
 * Answers queries over a state that is not the newest acknowledged one, without the memo learning of
 * it. What has read nothing that differs is taken from the base, the same object.
 */
export function scratch(state: State, base?: ScratchBase): Ask {
  const results = new Map<AnyQuery, Map<string, Evaluated | 'running'>>();
  const affected = new Map<Evaluated, boolean>();
  const stack: Stack = [];

  const ask: Ask = (query, arg) => {
    const byArg = results.get(query) ?? new Map<string, Evaluated | 'running'>();
    results.set(query, byArg);
    const there = byArg.get(arg);
    if (there === 'running') endCycle(query, arg, stack);
    if (there !== undefined) return there;
    byArg.set(arg, 'running');
    const result = fromBase(query, arg) ?? evaluate(state, query, arg, ask, stack);
    byArg.set(arg, result);
    return result;
  };

  function fromBase(query: AnyQuery, arg: string): Evaluated | undefined {
    const differing = base?.differing();
    if (base === undefined || differing === undefined) return undefined;
    const found = base.ask(query, arg);
    // A copy: results of the memo change with the state it is at.
    const { outcome, reads, queries } = found;
    if (!isAffected(found, differing, affected)) return { outcome, reads, queries };
    const after = evaluate(state, query, arg, ask, stack);
    return { ...after, outcome: settled(query, outcome, after.outcome) };
  }

  return ask;
}

function isAffected(
  result: Evaluated,
  differing: { has(key: TouchKey): boolean },
  known: Map<Evaluated, boolean>,
): boolean {
  const answer = known.get(result);
  if (answer !== undefined) return answer;
  const affected =
    [...result.reads].some((key) => differing.has(key)) ||
    [...result.queries].some((used) => isAffected(used, differing, known));
  known.set(result, affected);
  return affected;
}
