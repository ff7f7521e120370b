import { WILDCARD } from '@chancery/intentions';
import { suggest } from '@chancery/model';
import type { Mesh } from '../mesh/mesh.ts';
import type { Steps } from '../steps.ts';
import type { Assertion, AssertionResult, Claim } from '../verification.ts';
import { breachesOf } from './breaches.ts';
import { formatWay, whyBroken, whyHolds } from './reasons.ts';

/** Whether an assertion holds. One that names a service that does not exist does not: it would hold by a slip of the pen. */
export function* holdAssertion(mesh: Mesh, assertion: Assertion): Steps<AssertionResult> {
  yield;
  const unknown = namesIn(assertion.claim).filter((name) => !mesh.exists(name));
  if (unknown.length > 0) {
    const why = unknown.map((name) => unknownService(mesh, name)).join('; ');
    return { assertion, holds: false, why, counterexamples: [], moreCounterexamples: 0 };
  }
  const { ways, total } = yield* breachesOf(mesh, assertion);
  const [first] = ways;
  return {
    assertion,
    holds: first === undefined,
    why:
      first === undefined
        ? yield* whyHolds(mesh, assertion)
        : yield* whyBroken(mesh, assertion, first),
    counterexamples: ways.map(formatWay),
    moreCounterexamples: total - ways.length,
  };
}

/** The names that must be those of services. Who alone may reach something need not be there yet: nothing holds by it. */
function namesIn(claim: Claim): readonly string[] {
  const names = claim.kind === 'only' ? [claim.destination] : [claim.source, claim.destination];
  return [...new Set(names)].filter((name) => name !== WILDCARD);
}

/** What is said of a name that is no service's, with the way out. */
export function unknownService(mesh: Mesh, name: string): string {
  const near = suggest(name, mesh.services);
  const way =
    near === undefined
      ? 'register it, or declare it with a service-defaults entry'
      : `did you mean ${near}?`;
  return `there is no service ${name}: ${way}`;
}
