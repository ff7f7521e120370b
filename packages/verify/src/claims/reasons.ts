import { explain, WILDCARD } from '@chancery/intentions';
import { claimInWords } from '../claim-in-words.ts';
import { decider } from '../mesh/decider.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { type Reach, type Ways, waysTo } from '../mesh/ways.ts';
import type { Steps } from '../steps.ts';
import type { Assertion, Claim } from '../verification.ts';

/** A way as people write it: `web -> api -> payments`. */
export function formatWay(way: readonly string[]): string {
  return way.join(' -> ');
}

/** How many steps of a way are told with what decides them. */
const stepsAtMost = 5;

/** Why a way is open, or why its one step is not: what decides each step. */
export function becauseOf(mesh: Mesh, way: readonly string[]): string {
  const [from = '', to = '', ...more] = way;
  if (more.length === 0) return explain(mesh.destination(to).rulesOn(from), from).summary;
  const steps = way.slice(1).map((next, at) => [way[at] ?? '', next] as const);
  const told = steps.slice(0, stepsAtMost).map(([start, end]) => stepReason(mesh, start, end));
  const rest = steps.length - told.length;
  return [...told, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
}

function stepReason(mesh: Mesh, from: string, to: string): string {
  return `${from} -> ${to} by ${decider(mesh.destination(to).verdict(from))}`;
}

/** Why an assertion breaks, by the first of its breaches. */
export function* whyBroken(
  mesh: Mesh,
  { claim, transitive }: Assertion,
  breach: readonly string[],
): Steps<string> {
  if (claim.kind !== 'reachable' || !transitive) return becauseOf(mesh, breach);
  const [from = '', to = ''] = breach;
  return `no way leads from ${from} to ${to}: ${yield* reachedFrom(mesh, to, 'transitive')}`;
}

/** Why an assertion holds. */
export function* whyHolds(mesh: Mesh, assertion: Assertion): Steps<string> {
  const { claim, transitive } = assertion;
  const reach = transitive ? 'transitive' : 'direct';
  if (claim.destination === WILDCARD) return `${claimInWords(assertion)}: none was found that does`;
  if (claim.kind === 'only' || claim.source === WILDCARD) {
    return yield* whyHoldsForAll(mesh, claim, reach);
  }
  if (claim.kind === 'reachable') {
    const ways = yield* waysTo(mesh, claim.destination, reach);
    return becauseOf(mesh, ways.of(claim.source));
  }
  if (!transitive) return becauseOf(mesh, [claim.source, claim.destination]);
  return yield* reachedFrom(mesh, claim.destination, reach);
}

function* whyHoldsForAll(mesh: Mesh, claim: Claim, reach: Reach): Steps<string> {
  if (claim.kind === 'reachable') return `every service may reach ${claim.destination}`;
  const reached = yield* reachedFrom(mesh, claim.destination, reach);
  const absent = claim.kind === 'only' ? claim.sources.filter((name) => !mesh.exists(name)) : [];
  return absent.length === 0 ? reached : `${reached}; not registered: ${someOf(absent)}`;
}

/** How many services a sentence names. */
const namedAtMost = 5;

/** From where a destination can be reached: `payments may be reached from api and batch only`. */
function* reachedFrom(mesh: Mesh, destination: string, reach: Reach): Steps<string> {
  const ends = endsOf(yield* waysTo(mesh, destination, reach), destination);
  if (ends.length === 0) return `${destination} may be reached from no service`;
  return `${destination} may be reached from ${someOf(ends)} only`;
}

function someOf(services: readonly string[]): string {
  const more = services.length - namedAtMost;
  const names = services.slice(0, namedAtMost).join(', ');
  return `${names}${more > 0 ? ` and ${more} more` : ''}`;
}

function endsOf(ways: Ways, destination: string): readonly string[] {
  return ways.ends.filter((end) => end !== destination);
}
