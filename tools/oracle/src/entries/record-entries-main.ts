import { readFile, writeFile } from 'node:fs/promises';
import { startConsul } from '../consul-agent.ts';
import { type EntryCase, formatEntries, recordEntries } from './record-entries.ts';

const [binary] = process.argv.slice(2);
const target = new URL('../../../../packages/model/testdata/config-entries.json', import.meta.url);
if (binary === undefined) {
  console.error('usage: node tools/oracle/src/entries/record-entries-main.ts PATH_TO_CONSUL');
  process.exitCode = 1;
} else {
  const kept = JSON.parse(await readFile(target, 'utf8')) as { cases: readonly EntryCase[] };
  await using consul = await startConsul(binary, 'allow');
  const self = (await consul.call('GET', '/v1/agent/self')) as { Config: { Version: string } };
  const entries = kept.cases.map(({ entry }) => entry);
  const cases = await recordEntries(consul.call, entries);
  const recorded = new Date().toISOString().slice(0, 10);
  await writeFile(target, formatEntries(self.Config.Version, recorded, cases));
  const refused = cases.filter((each) => each.refused !== undefined).length;
  console.log(`Consul ${self.Config.Version}: ${cases.length} entries, ${refused} refused`);
}
