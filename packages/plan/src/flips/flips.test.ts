import {
  changeConfigEntries,
  configEntryTables,
  type EntriesChange,
  rulesTo,
} from '@chancery/config-entries';
import { decide, type Intention, rulesFor } from '@chancery/intentions';
import { decodeConfigEntry } from '@chancery/model';
import { planned, type View } from '@chancery/store';
import { memoryStore } from '@chancery/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Flip } from '../plan.ts';
import { changedDestinations } from './changed-destinations.ts';
import { flipsBetween, flipsTo } from './flips.ts';
import { verdicts } from './verdicts.ts';

const names = ['a', 'b', 'c'];
/** Services of which no intention can speak. */
const strangers = ['stranger', 'other'];
const party = fc.constantFrom(...names, '*');
const effect = fc.constantFrom<Pick<Intention, 'action' | 'permissions'>>(
  { action: 'allow' },
  { action: 'deny' },
  { permissions: [{ action: 'allow' }] },
);
const sources = fc.uniqueArray(fc.tuple(party, effect), {
  selector: ([name]) => name,
  maxLength: 4,
});
const defaultAction = fc.constantFrom('allow' as const, 'deny' as const);

function intentions(
  destination: string,
  list: readonly (readonly [string, object])[],
): readonly Intention[] {
  return list.map(([source, rest]) => ({ source, destination, ...rest }) as Intention);
}

test('the verdicts for many sources are those that each would get by itself', () => {
  fc.assert(
    fc.property(sources, sources, defaultAction, (own, all, action) => {
      const rules = rulesFor('db', [...intentions('db', own), ...intentions('*', all)], action);
      const verdictOf = verdicts(rules);
      for (const source of [...names, ...strangers, '*']) {
        expect(verdictOf(source)).toEqual(decide(rules, source));
      }
    }),
  );
});

/** The entries of a state, by destination. Permissions are for destinations that are named. */
const states = fc.uniqueArray(
  party.chain((destination) =>
    fc.tuple(
      fc.constant(destination),
      sources.filter(
        (list) =>
          list.length > 0 &&
          (destination !== '*' || list.every(([, { permissions }]) => permissions === undefined)),
      ),
    ),
  ),
  { selector: ([destination]) => destination, maxLength: 4 },
);

type State = typeof states extends fc.Arbitrary<infer T> ? T : never;

/** Permissions need a protocol that has requests. */
const everything = { Kind: 'proxy-defaults', Name: 'global', Config: { protocol: 'http' } };
const by = { principal: { name: 'test' } };

function changeTo(values: readonly object[], prune = true): EntriesChange {
  const entries = values.map((value) => {
    const decoded = decodeConfigEntry(value, { casing: 'http' });
    if (!decoded.ok) throw new Error(decoded.issues.map(({ message }) => message).join('; '));
    return { entry: decoded.value, origin: 'test' };
  });
  return { entries, deletions: [], prune, datacenter: 'dc1' };
}

function changeToState(state: State): EntriesChange {
  const entries = state.map(([Name, list]) => {
    const Sources = list.map(([source, { action, permissions }]) =>
      permissions === undefined
        ? { Name: source, Action: action }
        : { Name: source, Permissions: [{ Action: 'allow', HTTP: { PathPrefix: '/' } }] },
    );
    return { Kind: 'service-intentions', Name, Sources };
  });
  return changeTo([everything, ...entries]);
}

async function viewOf(change: EntriesChange): Promise<View> {
  const store = await memoryStore(configEntryTables);
  await store.commit(changeConfigEntries, change, by);
  return store.view;
}

/** The flips of a change, and the state after it. */
function flipsOf(before: View, change: EntriesChange, action: 'allow' | 'deny') {
  const decision = changeConfigEntries(before, by.principal, change);
  if (decision.kind === 'refuse') throw new Error(decision.refusal.message);
  const { view: after, changes } = planned(before, decision.operations);
  return {
    after,
    flips: allOf(flipsTo(changedDestinations(changes, before, after), before, after, action)),
  };
}

function allOf<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The pairs that a flip speaks of, where these entries were there before or after. */
function pairsOf({ source, destination }: Flip, entries: State): readonly string[] {
  const own = new Set(entries.map(([name]) => name));
  const named = (to: string): ReadonlySet<string> =>
    new Set(
      entries
        .filter(([name]) => name === to || name === '*')
        .flatMap(([, list]) => list.map(([each]) => each)),
    );
  const destinations =
    destination === '*' ? services.filter((each) => !own.has(each)) : [destination];
  return destinations.flatMap((to) => {
    const from = source === '*' ? services.filter((each) => !named(to).has(each)) : [source];
    return from.map((each) => `${each} => ${to}`);
  });
}

const services = [...names, ...strangers];

test('the flips are exactly the pairs whose verdict changes, each once', async () => {
  let flipped = 0;
  await fc.assert(
    fc.asyncProperty(states, states, defaultAction, async (first, second, action) => {
      const before = await viewOf(changeToState(first));
      const { after, flips } = flipsOf(before, changeToState(second), action);
      const allowed = (view: View, source: string, destination: string): boolean =>
        decide(view.query(rulesTo(action), destination), source).allowed;
      const changed = services.flatMap((to) =>
        services
          .filter((from) => allowed(before, from, to) !== allowed(after, from, to))
          .map((from) => `${from} => ${to}`),
      );
      const told = flips.flatMap((flip) => pairsOf(flip, [...first, ...second]));
      expect(told.toSorted()).toEqual(changed.toSorted());
      flipped += told.length;
    }),
    { numRuns: 300 },
  );
  expect(flipped).toBeGreaterThan(500);
});

test('a flip says what decides, before and after', () => {
  const [deny, any] = [
    { source: 'web', destination: 'db', action: 'deny' },
    { source: '*', destination: 'db', action: 'allow' },
  ] as const;
  const [before, after] = [rulesFor('db', [any], 'deny'), rulesFor('db', [deny], 'deny')];
  expect(flipsBetween(before, after)).toEqual([
    {
      source: 'web',
      destination: 'db',
      allowedBefore: true,
      allowedAfter: false,
      becauseBefore: '* => db (allow)',
      becauseAfter: 'web => db (deny)',
    },
    {
      source: '*',
      destination: 'db',
      allowedBefore: true,
      allowedAfter: false,
      becauseBefore: '* => db (allow)',
      becauseAfter: 'default (deny)',
    },
  ]);
});

test('another reason for the same verdict is no flip', () => {
  const deny = { source: 'web', destination: 'db', action: 'deny' } as const;
  expect(flipsBetween(rulesFor('db', [], 'deny'), rulesFor('db', [deny], 'deny'))).toEqual([]);
});

test('intentions about any destination concern each that has intentions of its own, and all others as one', async () => {
  const before = await viewOf(changeToState([['db', [['web', { action: 'deny' }]]]]));
  const any = { Kind: 'service-intentions', Name: '*', Sources: [{ Name: '*', Action: 'deny' }] };
  const { flips } = flipsOf(before, changeTo([any], false), 'allow');
  expect(flips.map(({ source, destination }) => `${source} => ${destination}`)).toEqual([
    '* => *',
    '* => db',
  ]);
});
