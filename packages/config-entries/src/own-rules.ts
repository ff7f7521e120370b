import { type Rule, rulesFor, WILDCARD } from '@chancery/intentions';
import type { View } from '@chancery/store';
import { requiringToken, rulesIn } from './rules-to.ts';
import { entryOn } from './stored-intention.ts';

/**
 * Of `rulesTo` a destination what its own entry says, in the order in which it is tried: it comes before what is said of
 * all, and that is `rulesTo` of `*`. None where these two do not make up the whole: an entry that asks for tokens asks
 * for them in all that is said of its destination.
 */
export function ownRulesTo(view: View, destination: string): readonly Rule[] | undefined {
  const own = entryOn(view, destination);
  if (own === undefined) return [];
  if (own.jwt !== undefined) return undefined;
  const token = entryOn(view, WILDCARD)?.jwt;
  const rules = rulesIn(own);
  const told = token === undefined ? rules : rules.map((rule) => requiringToken(rule, token));
  return rulesFor(destination, told, 'deny').rules;
}
