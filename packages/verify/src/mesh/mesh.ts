import { ownRulesTo, rulesTo } from '@chancery/config-entries';
import { type IntentionAction, type Rule, WILDCARD } from '@chancery/intentions';
import type { View } from '@chancery/store';
import type { Steps } from '../steps.ts';
import { bySource, type Destination, destinationOf } from './destination.ts';
import { knownServices } from './known-services.ts';
import { type Openings, openingsAmong } from './openings.ts';

/** What claims are held to: the services of one view, and who may connect to whom. */
export interface Mesh {
  /** The services that exist, by name. */
  readonly services: readonly string[];
  readonly exists: (name: string) => boolean;
  /** Of `*`: a destination that no rule names. */
  readonly destination: (name: string) => Destination;
  /** Where one may connect among the services that exist and `*`. */
  readonly openings: () => Steps<Openings>;
}

/** What Consul calls its own servers in the catalog: no service of a mesh. */
const servers = 'consul';

/** The mesh of a view. What is asked twice is looked up once. */
export function meshOf(view: View, defaultAction: IntentionAction): Mesh {
  const known = view.query(knownServices, '');
  const names = new Set(known);
  const services = known.filter((name) => name !== servers);
  const destination = destinationsOf(view, defaultAction);
  let openings: Openings | undefined;
  return {
    services,
    exists: (name) => names.has(name),
    destination,
    *openings() {
      openings ??= yield* openingsAmong(
        [...services, WILDCARD],
        (name) => destination(name).admission,
      );
      return openings;
    },
  };
}

/** What is said of all destinations is looked at once, and not again for each. */
function destinationsOf(view: View, defaultAction: IntentionAction): Mesh['destination'] {
  const known = new Map<string, Destination>();
  const wildcard = view.query(rulesTo(defaultAction), WILDCARD);
  const base = bySource(wildcard.rules);
  const layered = (name: string): Destination => {
    const own = name === WILDCARD ? [] : ownRulesTo(view, name);
    if (own !== undefined)
      return destinationOf({ ...wildcard, destination: name }, bySource(own), base);
    const rules = view.query(rulesTo(defaultAction), name);
    const isOwn = ({ intention }: Rule): boolean => intention.destination !== WILDCARD;
    const { true: first = [], false: then = [] } = Object.groupBy(
      rules.rules,
      (rule) => `${isOwn(rule)}`,
    );
    return destinationOf(rules, bySource(first), bySource(then));
  };
  return (name) => {
    const found = known.get(name) ?? layered(name);
    known.set(name, found);
    return found;
  };
}
