import { WILDCARD } from '@chancery/intentions';
import type { Steps } from '../steps.ts';
import { admits } from './destination.ts';
import type { Mesh } from './mesh.ts';

/** The shortest ways between one service and all that have one, by who may connect to whom. */
export interface Ways {
  /** The services at the other end, the nearest first. */
  readonly ends: readonly string[];
  readonly has: (end: string) => boolean;
  /** The services on the way that has this end, in the direction of the connections. */
  readonly of: (end: string) => readonly string[];
}

/** How long a way may be: one connection, or any number of them. */
export type Reach = 'direct' | 'transitive';

/**
 * The ways to a destination. They begin at any service that exists or that a rule names, and at `*`, which stands for all
 * others; they lead through services that exist.
 */
export function* waysTo(mesh: Mesh, destination: string, reach: Reach): Steps<Ways> {
  const { named } = yield* mesh.openings();
  const unseen = new Set([...mesh.services, ...named.keys(), WILDCARD]);
  const found = yield* search(destination, reach, unseen, {
    leadsOn: mesh.exists,
    neighbours: (service) => {
      const { admission } = mesh.destination(service);
      // Whichever is less to look through: in a mesh of many rules nearly all is seen soon.
      const few = admission.others || unseen.size < admission.named.size ? unseen : undefined;
      return [...(few ?? admission.named.keys())].filter((name) => admits(admission, name));
    },
  });
  return waysOf(found, (end) => stepsBack(end, destination, found));
}

/** The ways from a source, to the services that exist and to `*`, which stands for one that no rule names. */
export function* waysFrom(mesh: Mesh, source: string, reach: Reach): Steps<Ways> {
  const { named, open } = yield* mesh.openings();
  const unseen = new Set([...mesh.services, WILDCARD]);
  const openings = new Set(open);
  const found = yield* search(source, reach, unseen, {
    leadsOn: mesh.exists,
    neighbours: (service) => {
      for (const name of openings) if (!unseen.has(name)) openings.delete(name);
      const allowed = [...openings].filter((name) =>
        admits(mesh.destination(name).admission, service),
      );
      return [...allowed, ...(named.get(service) ?? [])];
    },
  });
  return waysOf(found, (end) => stepsBack(end, source, found).toReversed());
}

interface Neighbourhood {
  readonly leadsOn: (service: string) => boolean;
  readonly neighbours: (service: string) => readonly string[];
}

/** Where each service that is found was come to from. */
type CameFrom = ReadonlyMap<string, string>;

/** Goes on from start as far as there is something unseen, which it takes out. */
function* search(
  start: string,
  reach: Reach,
  unseen: Set<string>,
  { leadsOn, neighbours }: Neighbourhood,
): Steps<CameFrom> {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  // The queue grows while it is gone through.
  for (const service of queue) {
    if (unseen.size === 0) break;
    yield;
    const found = new Set(neighbours(service).filter((name) => unseen.has(name)));
    for (const next of [...found].sort()) {
      cameFrom.set(next, service);
      unseen.delete(next);
      if (reach === 'transitive' && next !== start && leadsOn(next)) queue.push(next);
    }
  }
  return cameFrom;
}

function waysOf(found: CameFrom, of: Ways['of']): Ways {
  return { ends: [...found.keys()], has: (end) => found.has(end), of };
}

/** From an end to the start, which may itself be an end: where a way leads back to it. */
function stepsBack(end: string, start: string, cameFrom: CameFrom): readonly string[] {
  const steps = [end];
  let at = cameFrom.get(end) ?? start;
  while (at !== start) {
    steps.push(at);
    at = cameFrom.get(at) ?? start;
  }
  return [...steps, start];
}
