import { WILDCARD } from '@chancery/intentions';
import type { Assertion, Claim } from './verification.ts';

/** An assertion as a sentence: `web may not reach payments, not even by way of others`. */
export function claimInWords({ claim, transitive }: Assertion): string {
  return `${claimOf(claim)}${transitive ? byOthers[claim.kind] : ''}`;
}

const byOthers: Readonly<Record<Claim['kind'], string>> = {
  never: ', not even by way of others',
  reachable: ', be it by way of others',
  only: ', also by way of others',
};

function claimOf(claim: Claim): string {
  const destination = claim.destination === WILDCARD ? 'any service' : claim.destination;
  if (claim.kind === 'only') return `only ${listed(claim.sources)} may reach ${destination}`;
  const { kind, source } = claim;
  if (kind === 'never') {
    return source === WILDCARD
      ? `no service may reach ${destination}`
      : `${source} may not reach ${destination}`;
  }
  const whom = claim.destination === WILDCARD ? 'every service' : destination;
  return `${source === WILDCARD ? 'every service' : source} may reach ${whom}`;
}

function listed(names: readonly string[]): string {
  if (names.length === 1) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
