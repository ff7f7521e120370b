import { readFile, writeFile } from 'node:fs/promises';
import { startConsul } from '../consul-agent.ts';
import { formatVerdicts, recordVerdicts, type VerdictQuestion } from './record-verdicts.ts';

const [binary] = process.argv.slice(2);
const target = new URL(
  '../../../../packages/health-checks/testdata/consul-verdicts.json',
  import.meta.url,
);
if (binary === undefined) {
  console.error('usage: node tools/oracle/src/verdicts/record-verdicts-main.ts PATH_TO_CONSUL');
  process.exitCode = 1;
} else {
  const questions = JSON.parse(await readFile(target, 'utf8')) as readonly VerdictQuestion[];
  await using consul = await startConsul(binary, 'allow');
  const recorded = await recordVerdicts(consul.call, questions);
  await writeFile(target, formatVerdicts(recorded));
  console.log(`${recorded.length} sequences of results and their verdicts`);
}
