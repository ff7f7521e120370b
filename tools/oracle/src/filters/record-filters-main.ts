import { readFile, writeFile } from 'node:fs/promises';
import { filterTables, formatFilters, formatSelectors } from './filter-tables.ts';
import type { SelectorTable } from './record-selectors.ts';

const [binary] = process.argv.slice(2);
const packages = new URL('../../../../packages/', import.meta.url);
const filters = new URL('filter/testdata/consul-filters.json', packages);
const selectors = new URL('http-api/testdata/consul-selectors.json', packages);
if (binary === undefined) {
  console.error('usage: node tools/oracle/src/filters/record-filters-main.ts PATH_TO_CONSUL');
  process.exitCode = 1;
} else {
  const kept = JSON.parse(await readFile(selectors, 'utf8')) as { selectors: SelectorTable };
  const tables = await filterTables(binary, kept.selectors);
  const recorded = new Date().toISOString().slice(0, 10);
  await writeFile(filters, formatFilters(tables.consul, recorded, tables.recordings));
  await writeFile(selectors, formatSelectors(tables.consul, recorded, tables.selectors));
  const answers = tables.recordings.flatMap((recording) => recording.answers);
  const refused = answers.filter(({ refusal }) => refusal !== undefined);
  console.log(`Consul ${tables.consul}: ${answers.length} filters, ${refused.length} refused`);
}
