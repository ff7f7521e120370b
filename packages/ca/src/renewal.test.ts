import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueForRenewal, isOverdue, nextRenewal, renewalTime, type Served } from './renewal.ts';
import { validityFrom } from './validity.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const validity = { notBefore: 0, notAfter: 1_000_000 };

test('a renewal falls between 60 and 90 percent of the life, and uses all of that span', () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(random, (drawn) => {
      const at = renewalTime(validity, () => drawn);
      expect(at).toBeGreaterThanOrEqual(600_000);
      expect(at).toBeLessThanOrEqual(900_000);
    }),
  );
  expect(renewalTime(validity, () => 0)).toBe(600_000);
  expect(renewalTime(validity, () => 0.5)).toBe(750_000);
});

test('the leaf that expires first is renewed first, and the limit is kept', () => {
  const later = { validity: { notBefore: 0, notAfter: 300 }, renewAt: 100 };
  const sooner = { validity: { notBefore: 0, notAfter: 200 }, renewAt: 150 };
  const notYet = { validity: { notBefore: 0, notAfter: 400 }, renewAt: 151 };
  const served = [later, sooner, notYet];
  expect(dueForRenewal(served, 150)).toEqual([sooner, later]);
  expect(dueForRenewal(served, 150, 1)).toEqual([sooner]);
  expect(nextRenewal(served)).toBe(100);
  expect(nextRenewal([])).toBeUndefined();
});

const TTL = HOUR;
const TICK = MINUTE;
const LONGEST_SIGNATURE = 2 * MINUTE;
/** From falling due to being served: the tick that notices it, the signature, the tick that serves it. */
const LONGEST_RENEWAL = TICK + LONGEST_SIGNATURE + TICK;
const END = 30 * DAY;

/** A leaf in a simulated mesh. */
interface SimulatedLeaf extends Served {
  readonly identity: number;
}

type Due = (served: Iterable<SimulatedLeaf>, now: number) => readonly SimulatedLeaf[];

/** 200 identities whose leafs live an hour; a signature takes up to two minutes, and many run at once. */
class Mesh {
  readonly served: Map<number, SimulatedLeaf> = new Map();
  readonly issues: number[] = Array.from({ length: 200 }, () => 0);
  readonly #signing: Map<number, { leaf: SimulatedLeaf; readyAt: number }> = new Map();
  readonly #random: () => number;
  readonly #due: Due;

  constructor(seed: number, due: Due) {
    this.#random = randomFrom(seed);
    this.#due = due;
    for (const identity of this.issues.keys()) this.served.set(identity, this.#issue(identity, 0));
  }

  tick(now: number): void {
    for (const [identity, { leaf, readyAt }] of this.#signing) {
      if (readyAt > now) continue;
      this.#signing.delete(identity);
      this.served.set(identity, leaf);
    }
    for (const { identity } of this.#due(this.served.values(), now)) {
      if (!this.#signing.has(identity)) this.#sign(identity, now);
    }
  }

  #sign(identity: number, now: number): void {
    const readyAt = now + this.#random() * LONGEST_SIGNATURE;
    this.#signing.set(identity, { leaf: this.#issue(identity, now), readyAt });
    this.issues[identity] = (this.issues[identity] ?? 0) + 1;
  }

  #issue(identity: number, now: number): SimulatedLeaf {
    const fresh = validityFrom(now, TTL);
    return { identity, validity: fresh, renewAt: renewalTime(fresh, this.#random) };
  }
}

/** Runs a mesh for 30 days and shows every leaf that it serves at every tick. */
function simulate(mesh: Mesh, see: (leaf: SimulatedLeaf, now: number) => void): void {
  for (let now = 0; now <= END; now += TICK) {
    mesh.tick(now);
    for (const leaf of mesh.served.values()) see(leaf, now);
  }
}

/** A small generator (mulberry32): a simulation is the same on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The watchdog, which allows for a renewal under way. */
function barks(leaf: SimulatedLeaf, now: number): boolean {
  return isOverdue(leaf.validity, now - LONGEST_RENEWAL);
}

describe('over 30 days of leafs that live an hour', () => {
  test('a served leaf has a tenth of its life left, less the time that its renewal takes', () => {
    let least = Number.POSITIVE_INFINITY;
    let barked = false;
    simulate(new Mesh(1, dueForRenewal), (leaf, now) => {
      least = Math.min(least, leaf.validity.notAfter - now);
      barked ||= barks(leaf, now);
    });
    expect(least).toBeGreaterThanOrEqual(TTL / 10 - LONGEST_RENEWAL);
    expect(TTL / 10 - LONGEST_RENEWAL).toBeGreaterThan(0);
    expect(barked).toBe(false);
  });

  test('no identity is renewed more often than its life demands', () => {
    const mesh = new Mesh(2, dueForRenewal);
    simulate(mesh, () => undefined);
    // The earliest renewal is 36 minutes after the start of a life, a minute of which has passed at its issue.
    expect(Math.max(...mesh.issues)).toBeLessThanOrEqual(END / (35 * MINUTE));
    expect(Math.min(...mesh.issues)).toBeGreaterThanOrEqual(END / TTL);
  });

  test('renewals that are lost from the tenth day on are seen by the watchdog before a leaf expires', () => {
    const forgetful: Due = (served, now) => (now < 10 * DAY ? dueForRenewal(served, now) : []);
    const barkedAt = new Map<number, number>();
    const expired = new Set<number>();
    const late = new Set<number>();
    simulate(new Mesh(3, forgetful), (leaf, now) => {
      if (barks(leaf, now) && !barkedAt.has(leaf.identity)) barkedAt.set(leaf.identity, now);
      if (now < leaf.validity.notAfter) return;
      expired.add(leaf.identity);
      if ((barkedAt.get(leaf.identity) ?? now) >= leaf.validity.notAfter) late.add(leaf.identity);
    });
    expect(barkedAt.size).toBe(200);
    expect(Math.min(...barkedAt.values())).toBeGreaterThan(10 * DAY);
    expect(expired.size).toBe(200);
    expect(late).toEqual(new Set());
  });
});

test('a leaf is overdue after nine tenths of its life, whatever its schedule says', () => {
  expect(isOverdue(validity, 900_000)).toBe(false);
  expect(isOverdue(validity, 900_001)).toBe(true);
});
