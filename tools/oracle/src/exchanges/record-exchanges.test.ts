import { readFile } from 'node:fs/promises';
import { consulBinary } from '@chancery/testing';
import { expect, test } from 'vitest';
import { startConsul } from '../consul-agent.ts';
import { parseSequences } from './exchange-sequences.ts';
import { type AskedConsul, formatExchanges, recordExchanges } from './record-exchanges.ts';

const text =
  '# one write\nPUT /v1/config {"Kind":"mesh"}\nGET /v1/config/mesh\n\n# nothing\nGET /v1/x';

/** Holds one entry until it is deleted, and keeps what it was asked. */
function fakeConsul(): AskedConsul & { readonly asked: string[] } {
  const asked: string[] = [];
  const json = { 'content-type': 'application/json', 'x-consul-index': '7' };
  let isThere = true;
  return {
    asked,
    call: async (method, path) => {
      if (method === 'DELETE') {
        asked.push(`${method} ${path}`);
        isThere = false;
      }
      return isThere && path.endsWith('mesh') ? [{ Kind: 'mesh' }] : [];
    },
    exchange: async (method, path, body) => {
      asked.push(`${method} ${path} ${body ?? ''}`.trim());
      if (path === '/v1/x') return { status: 404, headers: {}, text: 'no' };
      return { status: 200, headers: json, text: '{"Name":"a","CreateIndex":3}' };
    },
  };
}

test('sequences are read with their names, and what is no request is refused', () => {
  expect(parseSequences(text)).toEqual([
    {
      name: 'one write',
      asks: [
        { method: 'PUT', path: '/v1/config', body: '{"Kind":"mesh"}' },
        { method: 'GET', path: '/v1/config/mesh' },
      ],
    },
    { name: 'nothing', asks: [{ method: 'GET', path: '/v1/x' }] },
  ]);
  expect(() => parseSequences('# x\nhello')).toThrow('this is no request: hello');
  expect(() => parseSequences('GET /v1/x')).toThrow('a sequence has no name');
});

test('each answer is recorded without what differs from agent to agent, and entries go in between', async () => {
  const consul = fakeConsul();
  const recorded = await recordExchanges(consul, parseSequences(text));
  const headers = 'content-type: application/json, x-consul-index';
  expect(recorded[0]?.exchanges[1]).toEqual({
    ...{ method: 'GET', path: '/v1/config/mesh', status: 200, headers },
    answer: { Name: 'a' },
  });
  expect(recorded[1]?.exchanges).toEqual([
    { method: 'GET', path: '/v1/x', status: 404, headers: '', answer: 'no' },
  ]);
  expect(consul.asked[2]).toBe('DELETE /v1/config/mesh/mesh');
  expect(JSON.parse(formatExchanges('1', '2', recorded))).toEqual({
    ...{ consul: '1', recorded: '2' },
    sequences: recorded,
  });
});

const binary = consulBinary();

test.skipIf(binary === undefined)(
  'a real Consul still answers as in the table',
  async () => {
    const file = '../../../../packages/http-api/testdata/consul-config-exchanges.json';
    const kept = await readFile(new URL(file, import.meta.url), 'utf8');
    const { consul: version, recorded: date } = JSON.parse(kept) as Record<string, string>;
    const source = new URL('../../testdata/config-sequences.txt', import.meta.url);
    const sequences = parseSequences(await readFile(source, 'utf8'));
    await using consul = await startConsul(binary ?? '', 'allow');
    const recorded = await recordExchanges(consul, sequences);
    expect(formatExchanges(version ?? '', date ?? '', recorded)).toBe(kept);
  },
  60_000,
);
