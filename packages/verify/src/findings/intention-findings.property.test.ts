import { allIntentions, rulesTo, type StoredIntention } from '@chancery/config-entries';
import { decide, formatIntention, type Intention, type Verdict } from '@chancery/intentions';
import type { View } from '@chancery/store';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decider } from '../mesh/decider.ts';
import { meshWith } from '../testing/mesh-of-names.ts';
import { verify } from '../verify.ts';

const names = ['a', 'b', 'c', 'd'] as const;

const effect = fc.oneof(
  { weight: 4, arbitrary: fc.record({ action: fc.constantFrom('allow', 'deny') }) },
  {
    weight: 1,
    arbitrary: fc.record({
      permissions: fc.constant([{ action: 'allow', http: { path_exact: '/' } }]),
    }),
  },
);
const sources = fc.uniqueArray(fc.tuple(fc.constantFrom(...names, '*'), effect), {
  selector: ([name]) => name,
  minLength: 1,
  maxLength: 5,
});
const entry = fc.record({
  name: fc.constantFrom(...names, '*'),
  sources,
  asks: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.boolean()),
});
const meshes = fc.record({
  services: fc.subarray([...names], { minLength: 1 }),
  defaultAction: fc.constantFrom('allow', 'deny'),
  entries: fc.uniqueArray(entry, { selector: ({ name }) => name, maxLength: 5 }),
});
type RandomMesh = typeof meshes extends fc.Arbitrary<infer T> ? T : never;

function viewOf({ services, entries }: RandomMesh): Promise<View> {
  return meshWith({
    services,
    entries: entries.map(({ name, sources: told, asks }) => ({
      kind: 'service-intentions',
      name,
      sources: told.map(([source, what]) => ({
        name: source,
        // Of all destinations there are no permissions.
        ...(name === '*' && 'permissions' in what ? { action: 'allow' } : what),
      })),
      ...(asks && { jwt: { providers: [{ name: 'okta' }] } }),
    })),
  });
}

/** What each pair of names says, one by one: as slow as it is plain. */
function byEachPair(view: View, { services, defaultAction }: RandomMesh): ReadonlySet<string> {
  const exists = (name: string): boolean => name === '*' || services.includes(name as 'a');
  const isSame = (a: Intention, b: Intention): boolean =>
    a.source === b.source && a.destination === b.destination;
  const verdict = (from: string, to: string, without?: Intention): Verdict => {
    const rules = view.query(rulesTo(defaultAction as 'allow'), to);
    const rest = rules.rules.filter((rule) => !without || !isSame(rule.intention, without));
    return decide({ ...rules, rules: rest }, from);
  };
  const pairs = (
    { source, destination }: Intention,
    from: readonly string[],
    ends: readonly string[],
  ) =>
    (destination === '*' ? ends : [destination]).flatMap((to) =>
      (source === '*' ? from : [source])
        .filter((one) => one !== to || one === '*')
        .map((one) => [one, to] as const),
    );
  const isBy = ({ reason }: Verdict, intention: Intention): boolean =>
    reason.kind === 'rule' && isSame(reason.rule.intention, intention);
  const insteadOf = (intention: Intention): readonly string[] => {
    if (intention.permissions !== undefined) return [];
    const decided = pairs(intention, [...names, '*'], [...services, '*']).filter(([from, to]) =>
      isBy(verdict(from, to), intention),
    );
    const others = decided.map(([from, to]) => {
      const instead = verdict(from, to, intention);
      const { reason } = instead;
      const isOpen = reason.kind === 'rule' && reason.rule.intention.permissions !== undefined;
      return instead.allowed === verdict(from, to).allowed && !isOpen ? decider(instead) : '';
    });
    return others.includes('') ? [] : others;
  };
  const shadowedBy = (intention: Intention): readonly string[] => {
    const found = pairs(intention, services, services).map(([from, to]) => verdict(from, to));
    return found.some((each) => isBy(each, intention)) ? [] : found.map(decider);
  };
  const all = view.query(allIntentions, '');
  const needed = new Set(all.flatMap(insteadOf));
  const told = (intention: StoredIntention): readonly string[] => {
    const name = formatIntention(intention);
    if (!exists(intention.source) || !exists(intention.destination)) return [`dead ${name}`];
    const shadow = new Set(shadowedBy(intention));
    const instead = new Set(insteadOf(intention));
    if (needed.has(name) || shadow.size + instead.size === 0) return [];
    return shadow.size > 0
      ? [`shadowed ${name} by ${shadow.size}`]
      : [`redundant ${name} by ${instead.size}`];
  };
  return new Set(all.flatMap(told));
}

test('intentions without effect are those that are found by looking at every pair of services', async () => {
  await fc.assert(
    fc.asyncProperty(meshes, async (mesh) => {
      const view = await viewOf(mesh);
      const { findings } = verify(view, [], { defaultAction: mesh.defaultAction as 'allow' });
      const found = findings.map(({ kind, intention, why }) => {
        const more = Number(/ and (\d+) more/.exec(why)?.[1] ?? 0) + 1;
        return `${kind} ${intention}${kind === 'dead' ? '' : ` by ${more}`}`;
      });
      expect(new Set(found)).toEqual(byEachPair(view, mesh));
    }),
    { numRuns: 500 },
  );
});
