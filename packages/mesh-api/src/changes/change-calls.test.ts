import { createRouterTransport } from '@connectrpc/connect';
import { expect, test } from 'vitest';
import {
  ListHistoryResponseSchema,
  PlanResponseSchema,
} from '../../gen/chancery/mesh/v1/changes_pb.ts';
import { meshClient } from '../client/mesh-client.ts';
import { messageJson } from '../client/message-json.ts';
import { meshRoutes } from '../create-mesh-api.ts';
import type { ChangeSource } from './change-source.ts';

type Plan = Extract<Awaited<ReturnType<ChangeSource['plan']>>, { readonly ok: true }>['value'];

const denied = {
  kind: 'service-intentions',
  name: 'db',
  action: 'create',
  after: { Name: 'db', Absent: undefined },
  fields: [{ path: 'Sources', after: [{ Name: 'web', Count: 1, Odd: null }] }],
} as const;

const filter = {
  typeUrl: 'type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig',
  name: 'rbac',
  action: 'update',
  fields: [{ path: 'a', before: false, after: '' }],
  versionBefore: '1',
  versionAfter: '2',
  drain: { kind: 'nothing' },
} as const;
const listener = {
  ...filter,
  typeUrl: 'type.googleapis.com/envoy.config.listener.v3.Listener',
  name: 'public',
  drain: { kind: 'chains', chains: ['one'] },
} as const;

const plan: Plan = {
  revision: 41,
  digest: 'd1',
  changes: [denied],
  flips: [],
  proxies: [
    { proxyId: 'db-1', service: 'db', connected: true, resources: [filter] },
    { proxyId: 'db-2', service: 'db', connected: false, resources: [listener, filter] },
  ],
  proxiesConsidered: 3,
  warnings: ['mind'],
};

/** A client of a source that notes what it is asked. */
function callsOf(answers: Partial<ChangeSource>, turn = async () => {}) {
  const asked: unknown[] = [];
  const made = { ok: true, value: { revision: 42, changes: [denied], warnings: [] } } as const;
  const source: ChangeSource = {
    plan: async () => ({ ok: true, value: plan }),
    apply: async (...question) => {
      asked.push(question);
      return made;
    },
    history: async (question) => {
      asked.push(question);
      return { items: [], floor: 0, revision: 41, more: false };
    },
    diff: async (...question) => {
      asked.push(question);
      return { ok: true, value: { to: question[1] ?? 41, changes: [denied] } };
    },
    planRollback: async () => ({ ok: true, value: plan }),
    rollback: async (...question) => {
      asked.push(question);
      return made;
    },
    ...answers,
  };
  const routes = meshRoutes({
    changes: source,
    principal: (headers) => ({ name: headers.get('x-chancery-author') ?? 'anonymous' }),
    authorise: () => true,
    revision: () => 41,
    turn,
    log: () => {},
  });
  return { changes: meshClient(createRouterTransport(routes)).changes, asked };
}

test('of a plan that changes everything ten thousand pairs and fields are told, and how many more there are', async () => {
  const pair = { destination: 'db', allowedBefore: true, allowedAfter: false };
  const because = { becauseBefore: 'default (allow)', becauseAfter: '* => db (deny)' };
  const flips = Array.from({ length: 10_001 }, (_, at) => {
    return { source: `s${at}`, ...pair, ...because };
  });
  const fields = Array.from({ length: 6000 }, (_, at) => ({ path: `f${at}`, after: at }));
  const resources = ['a', 'b', 'c'].map((name) => ({ ...filter, name, fields }));
  const proxies = [{ proxyId: 'db-1', service: 'db', connected: true, resources }];
  const { changes } = callsOf({
    plan: async () => ({ ok: true, value: { ...plan, flips, proxies } }),
  });
  const told = await changes.plan({});
  expect([told.flips.length, told.moreFlips]).toEqual([10_000, 1]);
  expect(told.resources.map((each) => [each.fields.length, each.moreFields])).toEqual([
    [6000, 0],
    [4000, 2000],
    [0, 6000],
  ]);
});

test('others have a turn while many changes are made messages of', async () => {
  let turns = 0;
  const many = Array.from({ length: 1000 }, () => denied);
  const { changes } = callsOf(
    { diff: async () => ({ ok: true, value: { to: 41, changes: many } }) },
    async () => {
      turns += 1;
    },
  );
  expect((await changes.diff({ from: 1n })).changes).toHaveLength(1000);
  expect(turns).toBeGreaterThan(3);
});

test('a reason is one line, whatever is in it, and one of blanks is none', async () => {
  const { changes, asked } = callsOf({});
  await changes.apply({ reason: 'ticket 7\r\n\u001b[2Jgone' });
  await changes.rollback({ revision: 3n, reason: '\n' });
  await changes.apply({ reason: 'x'.repeat(100_000) });
  const reasons = asked.map((question) => (question as { reason?: string }[]).at(-1)?.reason);
  expect(reasons.slice(0, 2)).toEqual(['ticket 7 [2Jgone', undefined]);
  expect(reasons[2]?.length).toBeLessThanOrEqual(1000);
});

test('a plan has each resource once, and the proxies point at it', async () => {
  const { changes } = callsOf({});
  expect(messageJson(PlanResponseSchema, await changes.plan({}))).toMatchObject({
    revision: '41',
    digest: 'd1',
    changes: [
      {
        action: 'ACTION_CREATE',
        after: { Name: 'db' },
        fields: [{ path: 'Sources', after: [{ Name: 'web', Count: 1, Odd: null }] }],
      },
    ],
    resources: [
      { type: 'ecds', name: 'rbac', drains: false, fields: [{ before: false, after: '' }] },
      { type: 'lds', name: 'public', drains: true, drainedChains: ['one'] },
    ],
    proxies: [
      { proxy: 'db-1', connected: true, resources: [0] },
      { proxy: 'db-2', connected: false, resources: [1, 0] },
    ],
    proxiesConsidered: 3,
    warnings: ['mind'],
  });
});

test('a change is made by whoever calls, with their words and for the plan that they read', async () => {
  const { changes, asked } = callsOf({});
  const change = {
    entries: [{ entry: { Kind: 'mesh' }, origin: 'a' }],
    deletions: [],
    prune: true,
  };
  const request = { change, reason: 'ticket 7', expectedDigest: 'd1' };
  const answer = await changes.apply(request, { headers: { 'x-chancery-author': 'ann' } });
  expect(answer.revision).toBe(42n);
  await changes.rollback({ revision: 12n });
  expect(asked).toEqual([
    [
      change,
      {
        principal: { name: 'ann' },
        via: 'ChangeService/Apply',
        reason: 'ticket 7',
        expectedDigest: 'd1',
      },
    ],
    [12, { principal: { name: 'anonymous' }, via: 'ChangeService/Rollback' }],
  ]);
});

test('what is refused fails the call with the words and a code', async () => {
  const refusal = { code: 'conflict', message: 'a.hcl: no' } as const;
  const { changes } = callsOf({ apply: async () => ({ ok: false, refusal }) });
  await expect(changes.apply({})).rejects.toThrow('[failed_precondition] a.hcl: no');
});

test.each([
  [{}, { limit: 50 }],
  [{ limit: 5000 }, { limit: 1000 }],
  [
    { before: 9n, limit: 3, kind: 'service', name: 'db' },
    { before: 9, limit: 3, kind: 'service', name: 'db' },
  ],
])('a history that is asked for with %o is one of %o', async (request, question) => {
  const { changes, asked } = callsOf({});
  await changes.listHistory(request);
  expect(asked).toEqual([question]);
});

test('a history tells who, when, why and by what', async () => {
  const item = { revision: 7, at: 1500, by: 'ann', reason: 'r', via: 'PUT /x', changes: [denied] };
  const { changes } = callsOf({
    history: async () => ({ items: [item], floor: 3, revision: 41, more: true }),
  });
  expect(messageJson(ListHistoryResponseSchema, await changes.listHistory({}))).toMatchObject({
    items: [
      { revision: '7', at: '1970-01-01T00:00:01.500Z', by: 'ann', reason: 'r', via: 'PUT /x' },
    ],
    floor: '3',
    revision: '41',
    more: true,
  });
});

test('a difference to the present says which revision that is', async () => {
  const { changes, asked } = callsOf({});
  expect(await changes.diff({ from: 7n })).toMatchObject({ from: 7n, to: 41n });
  expect(await changes.diff({ from: 7n, to: 9n })).toMatchObject({ to: 9n });
  expect(asked).toEqual([
    [7, undefined],
    [7, 9],
  ]);
});
