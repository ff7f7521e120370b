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
      'From revision 7 to 41: 0 created, 1 changed, 0 deleted.',
      '',
      '  ~ service-intentions db',
      '      ~ Sources[Name=web].Action: "allow" -> "deny"',
      '      + Sources[Name=new]: {"Name":"new","Action":"deny"}',
      '      - Meta: {"team":"x"}',
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

const created = (name: string, kind = 'service-defaults') =>
  ({
    kind,
    name,
    action: 'create',
    after: {},
    fields: [{ path: 'Protocol', after: 'tcp' }],
  }) as const;

test('entries that differ are told before what was registered', async () => {
  const changes = [created('up', 'check'), created('web'), created('db', 'service')];
  const answers: Partial<ChangeSource> = {
    diff: async () => ({ ok: true, value: { to: 41, changes } }),
  };
  const { out } = await changed('diff 7', { answers });
  const lines = out.split('\n').filter((line) => line.startsWith('  + '));
  expect(lines).toEqual(['  + service-defaults web', '  + check up', '  + service db']);
});

test('of what is endless the beginning is told, and how much more there is, unless all is wanted', async () => {
  const changes = Array.from({ length: 20_000 }, (_, at) => created(`s${at}`));
  const item = { revision: 12, at: 0, by: 'ann', changes };
  const answers: Partial<ChangeSource> = {
    diff: async () => ({ ok: true, value: { to: 41, changes } }),
    history: async () => ({ items: [item], floor: 0, revision: 12, more: false }),
  };
  const diff = (await changed('diff 7', { answers })).out.split('\n');
  expect([diff.length, diff[0], diff.at(-1)]).toEqual([
    203,
    'From revision 7 to 41: 20,000 created, 0 changed, 0 deleted.',
    '  … 19,900 more changes (-all shows them)',
  ]);
  const history = (await changed('history', { answers })).out.split('\n');
  expect(history.filter((line) => line !== '').at(-1)).toBe(
    '  … 19,990 more changes (-all shows them)',
  );
  expect((await changed('diff 7 -all', { answers })).out.split('\n')).toHaveLength(40_002);
});

test('a history has the sources of intentions a line each, and of their ends no name twice', async () => {
  const sources = ['web', 'api'].map((Name) => ({ Name, Action: 'deny', Precedence: 9 }));
  const entry = { kind: 'service-intentions', name: 'db', action: 'create', after: {} } as const;
  const end = {
    kind: 'intention-deadline',
    name: 'web => db',
    action: 'create',
    after: {},
  } as const;
  const changes = [
    { ...entry, fields: [{ path: 'Sources', after: sources }] },
    {
      ...end,
      fields: [
        { path: 'SourceName', after: 'web' },
        { path: 'DestinationName', after: 'db' },
        { path: 'TTL', after: '30m' },
      ],
    },
  ];
  const item = { revision: 12, at: 0, by: 'ann', changes };
  const { out } = await changed('history', {
    answers: { history: async () => ({ items: [item], floor: 0, revision: 12, more: false }) },
  });
  expect(out.split('\n').slice(1)).toEqual([
    '  + service-intentions db',
    '      + Sources[Name=web]: {"Name":"web","Action":"deny","Precedence":9}',
    '      + Sources[Name=api]: {"Name":"api","Action":"deny","Precedence":9}',
    '  + intention-deadline web => db',
    '      + TTL: "30m"',
    '',
  ]);
});

test('a long reason is broken between words', async () => {
  const reason = 'one two three '.repeat(10).trim();
  const item = { revision: 12, at: 0, by: 'ann', reason, changes: [] };
  const { out } = await changed('history', {
    answers: { history: async () => ({ items: [item], floor: 0, revision: 12, more: false }) },
  });
  const lines = out.split('\n').slice(1, -1);
  expect(lines.length).toBe(2);
  expect(lines.every((line) => line.length <= 80 && line.startsWith('  '))).toBe(true);
  expect(lines.map((line) => line.trim()).join(' ')).toBe(`"${reason}"`);
});

test('the history says where it ends', async () => {
  const kept = await changed('history', {
    answers: { history: async () => ({ ...page, more: false }) },
  });
  expect(kept.out.split('\n').at(-1)).toBe('What was changed up to revision 3 is no longer kept.');
  expect((await changed('history')).out).toBe('Nothing was changed.');
});

test.each([
  ['-kind proxy-default', 'No change of the kind "proxy-default" is in the history.'],
  [
    '-kind mesh -name db -before 9',
    'No change of the kind "mesh" and the name "db" before revision 9 is in the history.',
  ],
  ['-before 2', 'No change of anything before revision 2 is in the history.'],
])('history %s says of what there is nothing', async (line, out) => {
  expect(await changed(`history ${line}`)).toMatchObject({ code: 0, out });
});

test('no changes are not what one asks for', async () => {
  const { code, err, asked } = await changed('history -n 0');
  expect([code, err]).toEqual([1, 'invalid value "0" for flag -n: it must be 1 or more']);
  expect(asked).toEqual([]);
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
