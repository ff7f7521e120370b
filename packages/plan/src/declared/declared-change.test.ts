import { configEntries } from '@chancery/config-entries';
import { decodeConfigEntry } from '@chancery/model';
import { defineTable } from '@chancery/store';
import { expect, test } from 'vitest';
import { showing, telling, toldInOrder } from './declared-change.ts';
import { netChanges } from './net-changes.ts';

const rows = defineTable<{ readonly id: string; readonly word: string }>({
  name: 'rows',
  kind: 'declared',
  key: ({ id }) => id,
});
const shown = showing(rows, ({ id, word }) => ({
  kind: 'row',
  name: id,
  also: [`the ${id}`],
  json: { ID: id, Word: word, Plain: 'x' },
  hidden: ['Word'],
}));
const tell = telling([shown]);

function entry(value: object) {
  const decoded = decodeConfigEntry(value, { casing: 'http' });
  if (!decoded.ok) throw new Error(decoded.issues.map(({ message }) => message).join('; '));
  return decoded.value;
}

test('an entry is told as the HTTP API shows it', () => {
  const after = entry({ Kind: 'service-defaults', Name: 'web', Protocol: 'http' });
  const before = entry({ Kind: 'service-defaults', Name: 'web', Protocol: 'tcp' });
  const change = { table: configEntries.name, key: 'service-defaults/web', before, after };
  expect(tell(change)).toEqual({
    kind: 'service-defaults',
    names: ['web'],
    change: {
      kind: 'service-defaults',
      name: 'web',
      action: 'update',
      before: expect.objectContaining({ Kind: 'service-defaults', Protocol: 'tcp' }),
      after: expect.objectContaining({ Kind: 'service-defaults', Protocol: 'http' }),
      fields: [{ path: 'Protocol', before: 'tcp', after: 'http' }],
    },
  });
});

test('what is hidden is not told, but that it changes', () => {
  const change = {
    table: rows.name,
    key: 'a',
    before: { id: 'a', word: 'pass' },
    after: { id: 'a', word: 'secret' },
  };
  const { change: told, names } = tell(change);
  expect(JSON.stringify(told)).not.toMatch(/pass|secret/);
  expect(told).toMatchObject({
    before: { Word: '[hidden]', Plain: 'x' },
    fields: [{ path: 'Word', before: '[hidden]', after: '[hidden]' }],
  });
  expect(names).toEqual(['a', 'the a']);
});

test('private keys are left out wherever they stand, and that one changes is told', () => {
  const pem = (body: string) =>
    `-----BEGIN EC PRIVATE KEY-----\n${body}\n-----END EC PRIVATE KEY-----`;
  const row = (body: string) => ({
    key: `before\n${pem(body)}\nafter`,
    json: JSON.stringify({ inline_string: pem(body) }),
    cut: '-----BEGIN PRIVATE KEY-----\nMIGH',
  });
  const change = { table: 'other', key: 'x', before: row('MIGHone'), after: row('MIGHtwo') };
  const { change: told } = tell(change);
  expect(JSON.stringify(told)).not.toContain('MIGH');
  expect(told.after).toEqual({
    key: 'before\n[private key]\nafter',
    json: '{"inline_string":"[private key]"}',
    cut: '[private key]',
  });
  expect(told.fields.map(({ path }) => path)).toEqual(['key', 'json']);
});

test('a row of a table of which nothing is said is told as it is stored', () => {
  const after = { anything: 1 };
  expect(tell({ table: 'settings', key: 'only', after })).toEqual({
    kind: 'settings',
    names: ['only'],
    change: {
      kind: 'settings',
      name: 'only',
      action: 'create',
      after,
      fields: [{ path: 'anything', after: 1 }],
    },
  });
});

test('changes are told in one order, whatever the order in which they were made', () => {
  const changes = ['b', 'a'].map((key) => ({ table: 'x', key, before: {} }));
  expect(toldInOrder([...changes, { table: 'w', key: 'z', after: {} }], tell)).toMatchObject([
    { kind: 'w', name: 'z', action: 'create' },
    { kind: 'x', name: 'a', action: 'delete' },
    { kind: 'x', name: 'b', action: 'delete' },
  ]);
});

test('several commits come to what is different after the last', () => {
  const of = (key: string, before?: number, after?: number) => ({
    table: 't',
    key,
    ...(before !== undefined && { before: { n: before } }),
    ...(after !== undefined && { after: { n: after } }),
  });
  const sets = [
    {
      changes: [
        of('changed', 1, 2),
        of('back', 1, 2),
        of('gone', 1, 2),
        of('passing', undefined, 1),
      ],
    },
    { changes: [of('back', 2, 1), of('gone', 2), of('passing', 1), of('again', 1)] },
    { changes: [of('changed', 2, 3), of('again', undefined, 1), of('new', undefined, 1)] },
  ];
  expect(netChanges(sets)).toEqual([of('changed', 1, 3), of('gone', 1), of('new', undefined, 1)]);
});
