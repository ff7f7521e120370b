import type { ChangeSource } from '@chancery/mesh-api';
import { expect, test } from 'vitest';
import { changed, denied, withPlan } from '../testing/changes-lab.ts';

test('a difference is told between a revision and another, or the present', async () => {
  const answers: Partial<ChangeSource> = {
    diff: async (_from, to = 41) => ({
      ok: true,
      value: { to, changes: to === 9 ? [] : [denied] },
    }),
  };
  const present = await changed('diff 7', { answers });
  expect(present.out).toBe(
    [
      '~ service-intentions db',
      '    ~ Sources[Name=web].Action: "allow" -> "deny"',
      '    + Sources[Name=new]: {"Name":"new","Action":"deny"}',
      '    - Meta: {"team":"x"}',
    ].join('\n'),
  );
  const nothing = await changed('diff 7 9', { answers });
  expect(nothing.out).toBe('Nothing differs between revision 7 and 9.');
  expect([...present.asked, ...nothing.asked]).toEqual([
    ['diff', 7, undefined],
    ['diff', 7, 9],
  ]);
});

const registered = { ...denied, kind: 'service', name: 'web', action: 'create' } as const;
const page = {
  items: [
    {
      revision: 12,
      at: Date.UTC(2026, 0, 2, 3, 4, 5),
      by: 'ann (unverified)',
      reason: 'ticket 7',
      via: 'PUT /v1/connect/intentions/exact?source=web&destination=db',
      changes: [denied],
    },
    { revision: 11, at: Date.UTC(2026, 0, 2), by: 'agent', via: 'a', changes: [registered] },
  ],
  floor: 3,
  revision: 41,
};

test('the history tells who changed what, when, why and by what', async () => {
  const { out, asked } = await changed(
    'history -n 2 -kind service-intentions -name db -before 20',
    {
      answers: { history: async () => ({ ...page, more: true }) },
    },
  );
  expect(out).toBe(`revision 12  2026-01-02T03:04:05Z  ann (unverified)
  PUT /v1/connect/intentions/exact?source=web&destination=db
  "ticket 7"
  ~ service-intentions db
      ~ Sources[Name=web].Action: "allow" -> "deny"
      + Sources[Name=new]: {"Name":"new","Action":"deny"}
      - Meta: {"team":"x"}

revision 11  2026-01-02T00:00:00Z  agent  a
  + service web

… more before revision 11 (-n, -before)`);
  const question = { limit: 2, before: 20, kind: 'service-intentions', name: 'db' };
  expect(asked).toEqual([['history', question]]);
});

test('the history says where it ends', async () => {
  const kept = await changed('history', {
    answers: { history: async () => ({ ...page, more: false }) },
  });
  expect(kept.out.split('\n').at(-1)).toBe('What was changed up to revision 3 is no longer kept.');
  expect((await changed('history')).out).toBe('Nothing was changed.');
  expect((await changed('history -kind proxy-defaults')).out).toBe(
    'Nothing that was asked for was changed.',
  );
});

test.each([
  ['plan -f -', ['changes', 0, 'kind'], 'service-intentions'],
  ['apply -f - -yes', ['revision'], '42'],
  ['rollback 5 -yes', ['changes', 'length'], 0],
  ['diff 7', ['to'], '41'],
  ['history', ['items', 0, 'reason'], 'ticket 7'],
])('%s -format json prints the answer of the agent', async (line, path, value) => {
  const { code, out } = await changed(`${line} -format json`, {
    answers: { ...withPlan, history: async () => ({ ...page, more: false }) },
  });
  const found = path.reduce((at: Record<string, never>, key) => at[key] as never, JSON.parse(out));
  expect([code, found]).toEqual([0, value]);
});
