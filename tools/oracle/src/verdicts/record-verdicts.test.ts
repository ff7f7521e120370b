import { readFile } from 'node:fs/promises';
import { consulBinary } from '@chancery/testing';
import { expect, test } from 'vitest';
import { startConsul } from '../consul-agent.ts';
import { type RecordedVerdicts, recordVerdicts } from './record-verdicts.ts';

const table = new URL(
  '../../../../packages/health-checks/testdata/consul-verdicts.json',
  import.meta.url,
);
const binary = consulBinary();

test.skipIf(binary === undefined)(
  'a real Consul still judges as in the table',
  async () => {
    const kept = JSON.parse(await readFile(table, 'utf8')) as readonly RecordedVerdicts[];
    // A run takes a second; no verdict depends on later runs.
    const begun = kept.map((each) => ({
      ...each,
      found: each.found.slice(0, 8),
      verdicts: each.verdicts.slice(0, 8),
    }));
    await using consul = await startConsul(binary ?? '', 'allow');
    expect(await recordVerdicts(consul.call, begun)).toEqual(begun);
  },
  60_000,
);
