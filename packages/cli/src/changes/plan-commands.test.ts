import type { ChangeSource } from '@chancery/mesh-api';
import { expect, test } from 'vitest';
import type { Io } from '../io.ts';
import { changed, denied, filter, plan, withPlan } from '../testing/changes-lab.ts';
import { planOf } from '../testing/fake-changes.ts';

const planned = `What is declared:

  ~ service-intentions db
      ~ Sources[Name=web].Action: "allow" -> "deny"
      + Sources[Name=new]: {"Name":"new","Action":"deny"}
      - Meta: {"team":"x"}

Who may talk to whom:

  - web => db: allowed -> denied
      web => db (deny) decides, in place of web => db (allow)
  + any other source => any other service: denied -> allowed
      default (allow) decides, in place of * => * (deny)

What proxies are sent (2 of 3 proxies, 1 not connected):

  ~ ecds envoy.filters.network.rbac
      to db-1, db-2 (not connected)
      + typed_config.rules.policies["web => db"]: {"permissions":[{"any":true}]…
  ~ lds public_listener:0.0.0.0:21000
      to db-1
      ! Envoy drains the connections of filter chain one, #2
      ~ metadata.team: "a" -> "b"

Plan: 0 to create, 1 to change, 0 to delete.
Verdicts that flip: 2. Resources to send: 2. Listeners that drain: 1.`;

const revision = 42;

test('a plan tells what is declared, who may talk to whom and what proxies are sent, in 80 columns', async () => {
  const { code, out, asked } = await changed('plan -f -', { answers: withPlan });
  expect(out).toBe(planned);
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(code).toBe(0);
  expect(asked).toEqual([
    [
      'plan',
      {
        entries: [{ origin: '<stdin>', entry: expect.objectContaining({ Protocol: 'http' }) }],
        deletions: [],
        prune: false,
      },
    ],
  ]);
});

test('a plan of nothing says so', async () => {
  const { code, out } = await changed('plan -f -');
  expect([code, out]).toEqual([0, 'No changes: all is as it is declared.']);
});

test.each([
  [withPlan, 2],
  [{}, 0],
])(
  'whether there is something to change is in the exit code where that is wanted',
  async (answers, code) => {
    expect((await changed('plan -f - -detailed-exitcode', { answers })).code).toBe(code);
  },
);

test('deletions and pruning are part of a change', async () => {
  const { asked } = await changed('plan -delete service-defaults/web/x -delete mesh/mesh -prune');
  const deletions = [
    { kind: 'service-defaults', name: 'web/x' },
    { kind: 'mesh', name: 'mesh' },
  ];
  expect(asked).toEqual([['plan', { entries: [], deletions, prune: true }]]);
});

test.each([
  ['plan', 'Must say what is to change: -f FILE, -f FOLDER, -f - or -delete KIND/NAME'],
  ['plan web.hcl', 'Files are given by -f: -f web.hcl'],
  ['plan -f /nowhere.hcl', '/nowhere.hcl: no such file or folder'],
  [
    'plan -delete web',
    'invalid value "web" for flag -delete: it must be KIND/NAME, such as service-defaults/web',
  ],
  ['rollback', 'Must name one revision to go back to: chancery history lists them'],
  ['rollback x', '"x" is no revision: chancery history lists them'],
  ['diff 0', '"0" is no revision: chancery history lists them'],
  ['diff 1 2 3', 'Must name one revision or two: chancery history lists them'],
])('%s is refused before the agent is asked', async (line, message) => {
  const { code, err, asked } = await changed(line);
  expect([code, err, asked]).toEqual([1, message, []]);
});

test('mistakes in what is to be written are told with their places', async () => {
  const input = 'kind = "service-defaults"\nname = "web"\nprotocool = "http"';
  const { code, err } = await changed('apply -f - -yes', { input });
  const message = '<stdin>:3:1: protocool: unknown key "protocool"; did you mean "protocol"?';
  expect([code, err]).toEqual([1, message]);
});

test('what the agent refuses is told with what was tried', async () => {
  const refusal = { code: 'conflict', message: 'a.hcl: no\nb.hcl: no' } as const;
  const { code, err } = await changed('apply -f - -yes', {
    answers: { plan: async () => ({ ok: false, refusal }) },
  });
  expect([code, err]).toEqual([1, 'Error making the change: a.hcl: no\nb.hcl: no']);
});

test('much is folded, and all of it is there for who wants it', async () => {
  const fields = Array.from({ length: 30 }, (_, at) => ({ path: `F${at}`, after: 'x'.repeat(99) }));
  const change = { ...denied, fields };
  const proxies = Array.from({ length: 30 }, (_, at) => ({
    ...{ proxyId: `p${at}`, service: 'db', connected: true, resources: [filter] },
  }));
  const answers: Partial<ChangeSource> = {
    plan: async () => ({ ok: true, value: planOf({ changes: [change], proxies }) }),
  };
  const short = (await changed('plan -f -', { answers })).out;
  expect(short).toContain('… 20 more fields (-all shows them)');
  expect(short).toContain('p9, … 20 more (-all shows them)');
  expect(Math.max(...short.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  const whole = (await changed('plan -f - -all', { answers })).out;
  expect(whole).toContain(`F29: "${'x'.repeat(99)}"`);
  expect(whole).toContain('p29');
  expect(whole).not.toContain('more');
});

test('signs are in colour where there is one', async () => {
  const signed: string[] = [];
  const outSigned: Io['outSigned'] = (sign, standing, text) =>
    signed.push(`${sign} ${standing} ${text}`);
  await changed('plan -f -', { answers: withPlan, io: { outSigned } });
  expect(signed.slice(0, 4)).toEqual([
    '  ~ warning service-intentions db',
    '      ~ warning Sources[Name=web].Action: "allow" -> "deny"',
    '      + ok Sources[Name=new]: {"Name":"new","Action":"deny"}',
    '      - failed Meta: {"team":"x"}',
  ]);
});

test('an answer of the agent cannot steer the terminal', async () => {
  const name = 'a\u001b[2Jb';
  const change = { ...denied, name, fields: [{ path: name, before: name, after: name + name }] };
  const { out } = await changed('plan -f -', {
    answers: { plan: async () => ({ ok: true, value: planOf({ changes: [change] }) }) },
  });
  expect(out).not.toContain('\u001b');
  expect(out).toContain('a\\u001b[2Jb');
});

test('a change is shown and made as it was shown', async () => {
  const { code, out, asked } = await changed('apply -f - -yes -reason ticket', {
    answers: withPlan,
    io: { user: () => 'ann' },
  });
  expect([code, out]).toEqual([0, `${planned}\nMade as revision ${revision}.`]);
  const by = {
    principal: { name: 'ann' },
    via: 'ChangeService/Apply',
    reason: 'ticket',
    expectedDigest: 'd1',
  };
  const [, change] = asked[0] as [string, object];
  expect(asked[1]).toEqual(['apply', change, by]);
});

test.each([
  ['yes', 0, 2, ''],
  [' yes\n', 0, 2, ''],
  ['y', 1, 1, 'Nothing was changed'],
  ['', 1, 1, 'Nothing was changed'],
])('who is asked and answers %j decides', async (answer, code, calls, message) => {
  const questions: string[] = [];
  const ask = async (question: string): Promise<string> => {
    questions.push(question);
    return answer;
  };
  const made = await changed('apply -f -', { answers: withPlan, io: { ask } });
  expect([made.code, made.asked.length, made.err]).toEqual([code, calls, message]);
  expect(questions).toEqual(['Make this change? Only "yes" makes it: ']);
});

test('where nobody can be asked nothing is changed without -yes', async () => {
  const { code, err, asked } = await changed('apply -f -', { answers: withPlan });
  const message = 'There is no terminal to ask on: -yes makes the change without asking';
  expect([code, err, asked.length]).toEqual([1, message, 1]);
});

test('nothing is asked or made where all is so already', async () => {
  const { code, out, asked } = await changed('apply -f -');
  expect([code, out, asked.length]).toEqual([0, 'No changes: all is as it is declared.', 1]);
});

test('as JSON a change is only made where that is agreed to before', async () => {
  const { code, err, asked } = await changed('apply -f - -format json', { answers: withPlan });
  const message = '-format json shows no plan to agree to: -yes makes the change';
  expect([code, err, asked]).toEqual([1, message, []]);
});

test('a way back from where all is as it was changes nothing', async () => {
  const { out } = await changed('rollback 12 -yes');
  expect(out).toBe('No changes: the config entries are what they were at revision 12.');
});

test('a way back is shown, confirmed and made', async () => {
  const answers: Partial<ChangeSource> = {
    planRollback: async () => ({ ok: true, value: { ...plan, warnings: ['services stay'] } }),
  };
  const { code, out, err, asked } = await changed('rollback 12 -yes', { answers });
  expect([code, out, err]).toEqual([
    0,
    `${planned}\nMade as revision ${revision}.`,
    'Warning: services stay',
  ]);
  expect(asked).toEqual([
    ['planRollback', 12],
    ['rollback', 12, expect.objectContaining({ expectedDigest: 'd1' })],
  ]);
});
