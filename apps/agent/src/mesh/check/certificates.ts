import { counted } from '../counted.ts';
import { bounded, type Found, failed, ok, warning } from './finding.ts';

/** A certificate as it is looked at. Times in milliseconds since 1970. */
export interface LookedAt {
  /** Of the service, or of the root. */
  readonly name: string;
  readonly notBefore: number;
  readonly notAfter: number;
}

/** The root that signs, the others that are trusted, and the leafs that are served. */
export interface ServedCertificates {
  readonly root: LookedAt | undefined;
  readonly others: readonly LookedAt[];
  readonly leafs: readonly LookedAt[];
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** A root that ends within this time should be changed: until then both are to be valid. */
export const rootMarginMs: number = 30 * dayMs;
const rootHint = 'chancery connect ca set-config with another root, while both are valid';
/** A leaf is renewed in the second half of its life: one that is nearly through it was not. */
const overduePart = 0.9;

/** How long the certificates have. */
export function certificateFindings(
  { root, others, leafs }: ServedCertificates,
  now: number,
): readonly Found[] {
  return [...rootFindings(root, others, now), ...leafFindings(leafs, now)];
}

function rootFindings(
  root: LookedAt | undefined,
  others: readonly LookedAt[],
  now: number,
): readonly Found[] {
  if (root === undefined) {
    return [failed('root', 'there is no root that signs', 'start the agent again; see its log')];
  }
  const left = root.notAfter - now;
  const message = `${root.name} ${leftInWords(left)}`;
  const also = counted(others.length, 'other root');
  const trusted = others.length === 0 ? '' : `; ${also} still trusted`;
  if (left <= 0) return [failed('root', message, rootHint)];
  if (left < rootMarginMs) return [warning('root', message, rootHint)];
  return [ok('root', `${message}${trusted}`)];
}

function leafFindings(leafs: readonly LookedAt[], now: number): readonly Found[] {
  const ill = leafs.filter((leaf) => isOverdue(leaf, now));
  if (ill.length > 0) {
    const found = ill.map((leaf) => leafFinding(leaf, now));
    return bounded(found, 'chancery status tells of all');
  }
  const [first] = leafs.toSorted((a, b) => a.notAfter - b.notAfter);
  if (first === undefined) return [ok('leafs', 'none is served: no proxy has asked for one yet')];
  const message = `${counted(leafs.length, 'leaf certificate')}; that of ${first.name} ${leftInWords(first.notAfter - now)}, and is renewed before`;
  return [ok('leafs', message)];
}

function isOverdue({ notBefore, notAfter }: LookedAt, now: number): boolean {
  return now - notBefore > (notAfter - notBefore) * overduePart;
}

function leafFinding({ name, notAfter }: LookedAt, now: number): Found {
  const hint = 'it should have been renewed: see the log of the agent, part "ca"';
  const message = `the leaf of ${name} ${leftInWords(notAfter - now)}`;
  return notAfter <= now ? failed('leafs', message, hint) : warning('leafs', message, hint);
}

/** `is valid for 3649 days`, `has expired 5 hours ago`. */
function leftInWords(ms: number): string {
  const span = spanInWords(Math.abs(ms));
  return ms > 0 ? `is valid for ${span}` : `has expired ${span} ago`;
}

function spanInWords(ms: number): string {
  return ms < 3 * dayMs
    ? counted(Math.floor(ms / hourMs), 'hour')
    : counted(Math.floor(ms / dayMs), 'day');
}
