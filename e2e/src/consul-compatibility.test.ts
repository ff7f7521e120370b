import { readFile } from 'node:fs/promises';
import { compareWithConsul, currentPage, readRecording, record } from '@chancery/compatibility';
import { consulBinary } from '@chancery/testing';
import { afterEach, describe, expect, test } from 'vitest';

const page = new URL('../../docs/consul-compatibility.md', import.meta.url);
const consul = consulBinary();

afterEach(() => {
  delete process.env['CHANCERY_LAB_AGENT'];
  delete process.env['CHANCERY_LAB_CLI'];
});

test('what differs from Consul has a reason, every reason a difference, and the page says both', async () => {
  const ours = await record();
  const { http, commands } = await compareWithConsul(ours);
  for (const { unexplained, stale } of [http, commands]) {
    expect(unexplained).toEqual([]);
    expect(stale).toEqual([]);
  }
  expect(await currentPage(ours)).toBe(await readFile(page, 'utf8'));
});

describe.skipIf(consul === undefined)('where there is a Consul', () => {
  test('it answers as it was recorded', { timeout: 240_000 }, async () => {
    process.env['CHANCERY_LAB_AGENT'] = consul;
    process.env['CHANCERY_LAB_CLI'] = consul;
    expect(await record()).toEqual(await readRecording());
  });
});
