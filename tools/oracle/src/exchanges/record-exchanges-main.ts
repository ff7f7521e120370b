import { readFile, writeFile } from 'node:fs/promises';
import { startConsul } from '../consul-agent.ts';
import { parseSequences } from './exchange-sequences.ts';
import { formatExchanges, recordExchanges } from './record-exchanges.ts';

const [binary] = process.argv.slice(2);
const source = new URL('../../testdata/config-sequences.txt', import.meta.url);
const target = new URL(
  '../../../../packages/http-api/testdata/consul-config-exchanges.json',
  import.meta.url,
);
if (binary === undefined) {
  console.error('usage: node tools/oracle/src/exchanges/record-exchanges-main.ts PATH_TO_CONSUL');
  process.exitCode = 1;
} else {
  const sequences = parseSequences(await readFile(source, 'utf8'));
  await using consul = await startConsul(binary, 'allow');
  const self = (await consul.call('GET', '/v1/agent/self')) as { Config: { Version: string } };
  const recorded = await recordExchanges(consul, sequences);
  const today = new Date().toISOString().slice(0, 10);
  await writeFile(target, formatExchanges(self.Config.Version, today, recorded));
  const exchanges = recorded.flatMap((each) => each.exchanges);
  console.log(`Consul ${self.Config.Version}: ${exchanges.length} exchanges`);
}
