import { type Intention, WILDCARD } from '@chancery/intentions';
import { decider } from '../mesh/decider.ts';
import { type Destination, namedSources } from '../mesh/destination.ts';
import type { Steps } from '../steps.ts';
import { isBy, isSelf, type Pair, type Standing, standingOf } from './standing.ts';
import type { Survey } from './survey.ts';

/** Others decide for every pair of services that exist. What it would decide of services to come is no matter. */
export function* shadow(survey: Survey, intention: Intention): Steps<Standing | undefined> {
  const { source, destination } = intention;
  if (destination !== WILDCARD) return yield* byPairs(survey, intention, [destination]);
  if (source !== WILDCARD) return yield* overAll(survey, source);
  return (yield* hasSay(survey)) ? undefined : yield* byPairs(survey, intention, survey.telling);
}

/** Pair by pair, until it decides one. */
function* byPairs(
  survey: Survey,
  intention: Intention,
  destinations: readonly string[],
): Steps<Standing | undefined> {
  const others = new Set<string>();
  for (const { source, destination } of pairsAt(survey, intention, destinations)) {
    yield;
    const verdict = survey.mesh.destination(destination).verdict(source);
    if (isBy(verdict, intention)) return undefined;
    others.add(decider(verdict));
  }
  return standingOf('shadowed', others);
}

function* pairsAt(
  survey: Survey,
  { source }: Intention,
  destinations: readonly string[],
): Iterable<Pair> {
  for (const destination of destinations) {
    for (const from of source === WILDCARD ? sourcesAt(survey, destination) : [source]) {
      const pair = { source: from, destination };
      if (!isSelf(pair)) yield pair;
    }
  }
}

/** The services that rules name, and one that stands for all others. */
function* sourcesAt({ mesh, unnamed }: Survey, name: string): Iterable<string> {
  const destination = mesh.destination(name);
  for (const source of namedSources(destination)) if (mesh.exists(source)) yield source;
  const other = unnamed.find((source) => isUnnamed(source, name, destination));
  if (other !== undefined) yield other;
}

function isUnnamed(source: string, name: string, { own }: Destination): boolean {
  return source !== name && !own.has(source);
}

/**
 * What is said of one source and all destinations decides wherever nothing that is said of the destination itself is about
 * the source or about any. Where there is such everywhere, these are as many as there are destinations.
 */
function* overAll({ mesh, services, open }: Survey, source: string): Steps<Standing | undefined> {
  for (const name of open) {
    yield;
    if (isUnnamed(source, name, mesh.destination(name))) return undefined;
  }
  const first = mesh.services.find((name) => name !== source);
  if (first === undefined) return undefined;
  const count = services.size - (services.has(source) ? 1 : 0);
  return { kind: 'shadowed', first: decider(mesh.destination(first).verdict(source)), count };
}

/** Whether what is said of all sources and destinations decides for any two services. */
function* hasSay({ mesh, open, unnamed }: Survey): Steps<boolean> {
  for (const name of open) {
    yield;
    const destination = mesh.destination(name);
    if (unnamed.some((source) => isUnnamed(source, name, destination))) return true;
  }
  return false;
}
