import { WILDCARD } from '@chancery/intentions';
import type { Mesh } from '../mesh/mesh.ts';
import { type Reach, type Ways, waysFrom, waysTo } from '../mesh/ways.ts';
import type { Steps } from '../steps.ts';
import type { Assertion, Claim } from '../verification.ts';

/** What breaks an assertion. */
export interface Breaches {
  /** The first of them, the shortest first, each as the services on its way. */
  readonly ways: readonly (readonly string[])[];
  readonly total: number;
}

/** How many breaches are told one by one. */
export const toldBreaches = 10;

/** What breaks an assertion: ways that must not be, or pairs between which there must be one. */
export function* breachesOf(mesh: Mesh, { claim, transitive }: Assertion): Steps<Breaches> {
  const reach = transitive && !isByFirstStep(claim) ? 'transitive' : 'direct';
  if (isFromOneToAny(claim)) return yield* breachesFrom(mesh, claim, reach);
  const destinations =
    claim.destination === WILDCARD ? [...mesh.services, WILDCARD] : [claim.destination];
  const mayReach = new Set(claim.kind === 'only' ? claim.sources : []);
  const found: Breaches[] = [];
  for (const to of destinations) found.push(yield* breachesTo(mesh, claim, to, reach, mayReach));
  return firstOf(found);
}

/** Whether each way that breaks a claim begins with a step that does: then ways by others add nothing but many pairs. */
function isByFirstStep(claim: Claim): boolean {
  if (claim.destination !== WILDCARD || claim.kind === 'reachable') return false;
  return claim.kind === 'only' || claim.source === WILDCARD;
}

type Pair = Extract<Claim, { readonly source: string }>;

function isFromOneToAny(claim: Claim): claim is Pair {
  return claim.destination === WILDCARD && claim.kind !== 'only' && claim.source !== WILDCARD;
}

function* breachesFrom(mesh: Mesh, { kind, source }: Pair, reach: Reach): Steps<Breaches> {
  const ways = yield* waysFrom(mesh, source, reach);
  if (kind === 'never') return amongWays(ways, (end) => end !== source);
  return missing(everyone(mesh, source), ways, (end) => [source, end]);
}

function* breachesTo(
  mesh: Mesh,
  claim: Claim,
  to: string,
  reach: Reach,
  mayReach: ReadonlySet<string>,
): Steps<Breaches> {
  const ways = yield* waysTo(mesh, to, reach);
  // A service that reaches itself is no other; `*` may well be two that differ.
  const isOther = (end: string): boolean => end !== to || to === WILDCARD;
  if (claim.kind === 'only') {
    return amongWays(ways, (end) => isOther(end) && !mayReach.has(end));
  }
  const { source } = claim;
  if (claim.kind === 'never') {
    return source === WILDCARD ? amongWays(ways, isOther) : amongEnds(ways, source);
  }
  const sources = source === WILDCARD ? everyone(mesh, to) : [source];
  return missing(sources, ways, (end) => [end, to]);
}

function everyone(mesh: Mesh, but: string): readonly string[] {
  return [...mesh.services.filter((name) => name !== but), WILDCARD];
}

function amongWays(ways: Ways, isBreach: (end: string) => boolean): Breaches {
  const ends = ways.ends.filter(isBreach);
  return { ways: ends.slice(0, toldBreaches).map(ways.of), total: ends.length };
}

function amongEnds(ways: Ways, end: string): Breaches {
  return ways.has(end) ? { ways: [ways.of(end)], total: 1 } : { ways: [], total: 0 };
}

function missing(
  ends: readonly string[],
  ways: Ways,
  pair: (end: string) => readonly string[],
): Breaches {
  const without = ends.filter((end) => !ways.has(end));
  return { ways: without.slice(0, toldBreaches).map(pair), total: without.length };
}

/** Of several destinations only single steps are looked for, so none of these is shorter than another. */
function firstOf(found: readonly Breaches[]): Breaches {
  const ways = found.flatMap((each) => each.ways).slice(0, toldBreaches);
  return { ways, total: found.reduce((sum, { total }) => sum + total, 0) };
}
