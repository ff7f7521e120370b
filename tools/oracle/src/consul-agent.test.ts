import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { consulBinary } from '@chancery/testing';
import { expect, test } from 'vitest';
import { startConsul } from './consul-agent.ts';
import { consulApi } from './consul-api.ts';
import { decisionTable, formatTable } from './decision-table.ts';

test('a binary that is not there is an error that names it', async () => {
  await expect(startConsul('/nowhere/consul', 'allow')).rejects.toThrow('/nowhere/consul');
});

test('an error of the API comes with the words of Consul', async () => {
  const server = createServer((_, response) => response.writeHead(500).end('No cluster leader'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await expect(consulApi(port, 't')('GET', '/v1/x')).rejects.toThrow('500 No cluster leader');
  server.close();
});

const binary = consulBinary();

test.skipIf(binary === undefined)(
  'a real Consul still decides as in the table',
  async () => {
    const { readFile } = await import('node:fs/promises');
    const file = '../../../packages/intentions/testdata/consul-decisions.json';
    const kept = await readFile(new URL(file, import.meta.url), 'utf8');
    const { recorded } = JSON.parse(kept) as { recorded: string };
    expect(formatTable(await decisionTable(binary ?? '', recorded))).toBe(kept);
  },
  60_000,
);
