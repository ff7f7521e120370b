import { type IntentionAction, type Rules, rulesFor } from '@chancery/intentions';
import { defineQuery, type Query } from '@chancery/store';
import { entriesOn } from './intention-queries.ts';
import { sameJson } from './same-json.ts';
import { intentionsIn } from './stored-intention.ts';

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
    evaluate: (view, destination) =>
      rulesFor(destination, entriesOn(view, destination).flatMap(intentionsIn), defaultAction),
    equal: sameJson,
  });
}
