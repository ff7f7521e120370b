import type { Rule } from './intention.ts';
import { WILDCARD } from './precedence.ts';

/** Leaves out the rules that never decide: those about a source that was named before, and all after a wildcard. */
export function decidingRules(rules: readonly Rule[]): readonly Rule[] {
  const wildcard = rules.findIndex(({ intention }) => intention.source === WILDCARD);
  const reached = wildcard === -1 ? rules : rules.slice(0, wildcard + 1);
  const named = new Set<string>();
  return reached.filter(
    ({ intention }) => !named.has(intention.source) && named.add(intention.source),
  );
}
