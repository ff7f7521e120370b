import { readFile } from 'node:fs/promises';
import { consulBinary } from '@chancery/testing';
import { expect, test } from 'vitest';
import { startConsul } from '../consul-agent.ts';
import type { ConsulCall } from '../consul-api.ts';
import { type EntryCase, formatEntries, recordEntries } from './record-entries.ts';

/** Refuses splitters, prints all else as it came, and keeps what it was asked. */
function fakeConsul(): { readonly call: ConsulCall; readonly asked: string[] } {
  const asked: string[] = [];
  const call: ConsulCall = async (method, path, body) => {
    asked.push(`${method} ${path}`);
    const { Kind } = (body ?? {}) as { Kind?: string };
    if (Kind === 'service-splitter') {
      throw new Error(`PUT ${path}: 500 2 errors occurred:\n\t* b\n\t* a\n\n`);
    }
    return method === 'GET' ? { Name: 'web', Hash: 1, CreateIndex: 2, ModifyIndex: 3 } : true;
  };
  return { call, asked };
}

test('an entry is written, read back without what differs from run to run, and taken out', async () => {
  const { call, asked } = fakeConsul();
  const entry = { kind: 'service-resolver', name: 'a/b' };
  expect(await recordEntries(call, [entry])).toEqual([{ entry, printed: { Name: 'web' } }]);
  expect(asked.slice(-3)).toEqual([
    'PUT /v1/config',
    'GET /v1/config/service-resolver/a%2Fb',
    'DELETE /v1/config/service-resolver/a%2Fb',
  ]);
});

test('a refusal is recorded with its status, and its mistakes in one order', async () => {
  const entry = { Kind: 'service-splitter', Name: 'x' };
  const [recorded] = await recordEntries(fakeConsul().call, [entry]);
  expect(recorded?.refused).toEqual({ status: 500, words: '2 errors occurred:\n\t* a\n\t* b' });
});

test('that Consul does not answer is no refusal', async () => {
  const call: ConsulCall = async () => {
    throw new Error('connect ECONNREFUSED');
  };
  await expect(recordEntries(call, [{ Kind: 'mesh' }])).rejects.toThrow('ECONNREFUSED');
});

const binary = consulBinary();

test.skipIf(binary === undefined)(
  'a real Consul still takes, prints and refuses entries as in the table',
  async () => {
    const file = '../../../../packages/model/testdata/config-entries.json';
    const text = await readFile(new URL(file, import.meta.url), 'utf8');
    const kept = JSON.parse(text) as { consul: string; recorded: string; cases: EntryCase[] };
    await using consul = await startConsul(binary ?? '', 'allow');
    const entries = kept.cases.map(({ entry }) => entry);
    const cases = await recordEntries(consul.call, entries);
    expect(formatEntries(kept.consul, kept.recorded, cases)).toBe(text);
  },
  60_000,
);
