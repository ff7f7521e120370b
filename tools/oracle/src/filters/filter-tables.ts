import { readFile } from 'node:fs/promises';
import { startConsul } from '../consul-agent.ts';
import { filterFixtures } from './filter-fixtures.ts';
import { type FilterQuestions, type FilterRecording, recordFilters } from './record-filters.ts';
import { recordSelectors, type SelectorTable } from './record-selectors.ts';

/** Facts about the filters of a Consul, as they are kept beside the tests. */
export interface FilterTables {
  readonly consul: string;
  readonly recordings: readonly FilterRecording[];
  readonly selectors: SelectorTable;
}

const questions = new URL('../../testdata/filter-questions.json', import.meta.url);

/** Asks a Consul of its own about all expressions, and about the selectors of a table. */
export async function filterTables(
  binary: string,
  candidates: SelectorTable,
): Promise<FilterTables> {
  const expressions = JSON.parse(await readFile(questions, 'utf8')) as FilterQuestions;
  await using consul = await startConsul(binary, 'allow');
  const self = (await consul.call('GET', '/v1/agent/self')) as { Config: { Version: string } };
  const selectors = await recordSelectors(consul.call, candidates);
  const recordings = await recordFilters(consul.call, filterFixtures, expressions);
  return { consul: self.Config.Version, recordings, selectors };
}

/** A table as JSON with one answer a line, so that a difference can be read. */
export function formatFilters(
  consul: string,
  recorded: string,
  recordings: readonly FilterRecording[],
): string {
  const lists = recordings.map(({ list, records, answers }) => {
    const lines = answers.map((answer) => `    ${JSON.stringify(answer)}`).join(',\n');
    return `  {"list":${JSON.stringify(list)},"records":${JSON.stringify(records)},"answers":[\n${lines}]}`;
  });
  const fixtures = filterFixtures.map((each) => `  ${JSON.stringify(each)}`).join(',\n');
  const head = `{"consul":"${consul}","recorded":"${recorded}","fixtures":[\n${fixtures}],\n`;
  return `${head}"recordings":[\n${lists.join(',\n')}]}\n`;
}

/** The selectors as JSON with one a line. */
export function formatSelectors(
  consul: string,
  recorded: string,
  selectors: SelectorTable,
): string {
  return `${JSON.stringify({ consul, recorded, selectors }, null, 1)}\n`;
}
