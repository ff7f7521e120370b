import type { Intention, IntentionAction, Rule, Rules } from './intention.ts';
import { byPrecedence, precedence, WILDCARD } from './precedence.ts';

/** The rules for one destination, picked from any set of intentions; the order of the set does not matter. */
export function rulesFor(
  destination: string,
  intentions: Iterable<Intention>,
  defaultAction: IntentionAction,
): Rules {
  const rules = matchesFor(intentions, 'destination', destination);
  return { destination, rules, defaultAction };
}

/** The intentions that concern a service on one side, wildcards included, in the order in which they are tried. */
export function matchesFor(
  intentions: Iterable<Intention>,
  side: 'source' | 'destination',
  name: string,
): readonly Rule[] {
  return [...intentions]
    .filter((intention) => intention[side] === name || intention[side] === WILDCARD)
    .sort(byPrecedence)
    .map(ranked);
}

function ranked(intention: Intention): Rule {
  return { intention, precedence: precedence(intention.source, intention.destination) };
}
