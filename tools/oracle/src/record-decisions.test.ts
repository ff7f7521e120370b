import { expect, test } from 'vitest';
import type { ConsulCall } from './consul-api.ts';
import { formatTable } from './decision-table.ts';
import type { IntentionSet } from './intention-sets.ts';
import { recordDecisions } from './record-decisions.ts';

const set: IntentionSet = {
  name: 'one denial',
  intentions: [{ source: 'web', destination: 'db', action: 'deny' }],
  sources: ['web', 'a&b'],
  destinations: ['db'],
};

/** Answers as Consul spells its answers, and keeps what it was asked. */
function fakeConsul(): { readonly call: ConsulCall; readonly asked: string[] } {
  const asked: string[] = [];
  const call: ConsulCall = async (method, path) => {
    asked.push(`${method} ${path.replace('/v1/connect/intentions', '')}`);
    if (path.includes('/check')) return { Allowed: !path.includes('source=web') };
    if (path.includes('/match')) {
      const rule = { SourceName: 'web', DestinationName: 'db', Action: 'deny', Precedence: 9 };
      return { db: [rule] };
    }
    return true;
  };
  return { call, asked };
}

test('a set is put in, every pair is asked about, and the set is taken out again', async () => {
  const { call, asked } = fakeConsul();
  await recordDecisions(call, 'allow', [set]);
  expect(asked).toEqual([
    'PUT /v1/config',
    'PUT /exact?source=web&destination=db',
    'GET /check?source=web&destination=db',
    'GET /check?source=a%26b&destination=db',
    'GET /match?by=destination&name=db',
    'DELETE /exact?source=web&destination=db',
  ]);
});

test('what is recorded is what was answered', async () => {
  const recordings = await recordDecisions(fakeConsul().call, 'allow', [set]);
  expect(recordings).toEqual([
    {
      set: 'one denial',
      defaultAction: 'allow',
      intentions: set.intentions,
      decisions: [
        { source: 'web', destination: 'db', allowed: false },
        { source: 'a&b', destination: 'db', allowed: true },
      ],
      matches: [
        {
          destination: 'db',
          rules: [{ source: 'web', destination: 'db', action: 'deny', precedence: 9 }],
        },
      ],
    },
  ]);
});

test('a destination without intentions, which Consul answers with null, has no rules', async () => {
  const call: ConsulCall = async (_, path) => (path.includes('/match') ? { db: null } : {});
  const [recording] = await recordDecisions(call, 'allow', [set]);
  expect(recording?.matches).toEqual([{ destination: 'db', rules: [] }]);
});

test('permissions are put in and read back', async () => {
  const permissions = [{ action: 'allow', pathPrefix: '/a' }] as const;
  const intentions = [{ source: 'web', destination: 'db', permissions }] as const;
  const put: unknown[] = [];
  const call: ConsulCall = async (method, path, body) => {
    if (method === 'PUT') put.push(body);
    if (!path.includes('/match')) return { Allowed: false };
    const Permissions = [{ Action: 'allow', HTTP: { PathPrefix: '/a' } }];
    return { db: [{ SourceName: 'web', DestinationName: 'db', Permissions, Precedence: 9 }] };
  };
  const [recording] = await recordDecisions(call, 'allow', [{ ...set, intentions }]);
  expect(put.at(-1)).toEqual({ Permissions: [{ Action: 'allow', HTTP: { PathPrefix: '/a' } }] });
  expect(recording?.matches[0]?.rules).toEqual([{ ...intentions[0], precedence: 9 }]);
});

test('a table is written with one decision a line and reads back as it was', async () => {
  const recordings = await recordDecisions(fakeConsul().call, 'allow', [set]);
  const table = { consul: '1.20.1', recorded: '2026-11-24', recordings };
  const text = formatTable(table);
  expect(text).toContain('{ "source": "web", "destination": "db", "allowed": false },\n');
  expect(JSON.parse(text)).toEqual(table);
});
