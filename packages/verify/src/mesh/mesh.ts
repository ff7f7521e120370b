import { rulesTo } from '@chancery/config-entries';
import { type IntentionAction, WILDCARD } from '@chancery/intentions';
import type { View } from '@chancery/store';
import type { Steps } from '../steps.ts';
import { type Destination, destinationBy } from './destination.ts';
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
  const destinations = new Map<string, Destination>();
  const destination = (name: string): Destination => {
    const found = destinations.get(name) ?? destinationBy(view.query(rulesTo(defaultAction), name));
    destinations.set(name, found);
    return found;
  };
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
