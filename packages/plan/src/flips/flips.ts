import { rulesTo } from '@chancery/config-entries';
import {
  formatIntention,
  type IntentionAction,
  type Rules,
  type Verdict,
  WILDCARD,
} from '@chancery/intentions';
import type { View } from '@chancery/store';
import type { Flip } from '../plan.ts';
import { verdicts } from './verdicts.ts';

/**
 * The pairs of services whose verdict changes, for destinations whose intentions may have changed, by name.
 * It looks at the services that intentions name, and at one for all others: so it takes no longer in a large
 * mesh than in a small one, and is exact in both. A step for each destination.
 */
export function* flipsTo(
  destinations: Iterable<string>,
  before: View,
  after: View,
  defaultAction: IntentionAction,
): Generator<undefined, readonly Flip[]> {
  const rules = rulesTo(defaultAction);
  const flips: (readonly Flip[])[] = [];
  for (const destination of [...new Set(destinations)].sort()) {
    const [was, is] = [before.query(rules, destination), after.query(rules, destination)];
    if (was === is) continue;
    flips.push(flipsBetween(was, is));
    yield;
  }
  return flips.flat();
}

/** The flips of one destination, by source; last the one of all services that are not named. */
export function flipsBetween(before: Rules, after: Rules): readonly Flip[] {
  const named = new Set([...before.rules, ...after.rules].map(({ intention }) => intention.source));
  named.delete(WILDCARD);
  const [was, is] = [verdicts(before), verdicts(after)];
  return [...[...named].sort(), WILDCARD].flatMap((source) => {
    const [first, then] = [was(source), is(source)];
    if (first.allowed === then.allowed) return [];
    return [
      {
        source,
        destination: after.destination,
        allowedBefore: first.allowed,
        allowedAfter: then.allowed,
        becauseBefore: because(first),
        becauseAfter: because(then),
      },
    ];
  });
}

function because({ reason }: Verdict): string {
  if (reason.kind === 'default') return `default (${reason.action})`;
  return formatIntention(reason.rule.intention);
}
