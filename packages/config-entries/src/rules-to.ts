import { type Intention, type IntentionAction, type Rules, rulesFor } from '@chancery/intentions';
import type { JwtRequirement, ServiceIntentions } from '@chancery/model';
import { defineQuery, type Query, sameJson } from '@chancery/store';
import { entriesOn } from './intention-queries.ts';
import { intentionOf, isLocal } from './stored-intention.ts';

const queries: Readonly<Record<IntentionAction, Query<string, Rules>>> = {
  allow: rulesQuery('allow'),
  deny: rulesQuery('deny'),
};

/**
 * All that decides who may connect to a destination, by its name, where `defaultAction` meets those
 * of whom no intention speaks. The same object until an intention about the destination changes.
 */
export function rulesTo(defaultAction: IntentionAction): Query<string, Rules> {
  return queries[defaultAction];
}

function rulesQuery(defaultAction: IntentionAction): Query<string, Rules> {
  return defineQuery<string, Rules>({
    name: `configEntries.rulesTo.${defaultAction}`,
    evaluate: (view, destination) => {
      const entries = entriesOn(view, destination);
      const rules = entries.flatMap(rulesIn);
      // Nothing looks at tokens yet: where an entry asks for one, nobody passes, by that entry, by another or by the default.
      const token = entries.map(({ jwt }) => jwt).find((jwt) => jwt !== undefined);
      if (token === undefined) return rulesFor(destination, rules, defaultAction);
      return rulesFor(
        destination,
        rules.map((rule) => requiringToken(rule, token)),
        'deny',
      );
    },
    equal: sameJson,
  });
}

/** What an entry says of services of this cluster: names of another one must not be taken for theirs. */
export function rulesIn(entry: ServiceIntentions): readonly Intention[] {
  return entry.sources.filter(isLocal).map((source) => intentionOf(entry, source));
}

/** Who must show a token is not let in on the strength of a connection: it is a permission about requests. */
export function requiringToken(rule: Intention, jwt: JwtRequirement): Intention {
  if (rule.permissions !== undefined) {
    return { ...rule, permissions: rule.permissions.map((each) => ({ jwt, ...each })) };
  }
  if (rule.action !== 'allow') return rule;
  const { action: _whole, ...pair } = rule;
  return { ...pair, permissions: [{ action: 'allow', jwt }] };
}
