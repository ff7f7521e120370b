import { writeFile } from 'node:fs/promises';
import { decisionTable, formatTable } from './decision-table.ts';

const [binary] = process.argv.slice(2);
const target = new URL(
  '../../../packages/intentions/testdata/consul-decisions.json',
  import.meta.url,
);
if (binary === undefined) {
  console.error('usage: node tools/oracle/src/record-main.ts PATH_TO_CONSUL');
  process.exitCode = 1;
} else {
  const table = await decisionTable(binary, new Date().toISOString().slice(0, 10));
  await writeFile(target, formatTable(table));
  const decisions = table.recordings.flatMap((recording) => recording.decisions);
  const allowed = decisions.filter((decision) => decision.allowed).length;
  console.log(`Consul ${table.consul}: ${decisions.length} decisions, ${allowed} allowed`);
}
