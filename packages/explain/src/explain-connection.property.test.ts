import { rulesTo } from '@chancery/config-entries';
import { decide, verdictName } from '@chancery/intentions';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openExplainLab } from './testing/explain-lab.ts';

/** Names of which one could be taken for another, and the wildcard. */
const names = ['web', 'web-1', 'webx', 'a.b', 'axb'] as const;
const actions = fc.constantFrom('allow' as const, 'deny' as const);
const sources = fc.dictionary(fc.constantFrom(...names, '*'), actions, { minKeys: 1 });

const mesh = fc.record({
  intentions: fc.dictionary(fc.constantFrom('db', '*'), sources),
  source: fc.constantFrom(...names, 'stranger'),
  defaultAction: actions,
});

function written(intentions: Readonly<Record<string, string>>): string {
  return Object.entries(intentions)
    .map(([name, action]) => `${name}:${action}`)
    .join(' ');
}

test('verdict, clause, effect and name in the log are of one mind, and of that of `decide`', async () => {
  await fc.assert(
    fc.asyncProperty(mesh, async ({ intentions, source, defaultAction }) => {
      const lab = await openExplainLab();
      lab.defaultAction = defaultAction;
      for (const [destination, said] of Object.entries(intentions)) {
        await lab.intend(destination, written(said));
      }
      const verdict = decide(lab.ask(rulesTo(defaultAction), 'db'), source);
      const { allowed, considered, enforcing } = lab.explain(source, 'db');
      const [proxy] = enforcing;
      expect(allowed).toBe(verdict.allowed);
      expect(proxy).toMatchObject({ allowed: verdict.allowed, logged: verdictName(verdict) });
      expect(proxy?.clause !== undefined).toBe(allowed !== (defaultAction === 'allow'));
      expect(proxy?.effect.startsWith(allowed ? 'lets' : 'keeps')).toBe(true);
      const deciding = considered.filter(({ outcome }) => outcome === 'decides');
      expect(deciding).toHaveLength(verdict.reason.kind === 'rule' ? 1 : 0);
    }),
    { numRuns: 60 },
  );
});
