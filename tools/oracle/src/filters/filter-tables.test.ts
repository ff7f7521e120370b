import { readFile } from 'node:fs/promises';
import { consulBinary } from '@chancery/testing';
import { expect, test } from 'vitest';
import { filterTables, formatFilters, formatSelectors } from './filter-tables.ts';
import type { SelectorTable } from './record-selectors.ts';

const binary = consulBinary();
const packages = new URL('../../../../packages/', import.meta.url);

test.skipIf(binary === undefined)(
  'a real Consul still answers filters as in the tables',
  async () => {
    const filters = await readFile(
      new URL('filter/testdata/consul-filters.json', packages),
      'utf8',
    );
    const selectors = await readFile(
      new URL('http-api/testdata/consul-selectors.json', packages),
      'utf8',
    );
    const kept = JSON.parse(selectors) as { recorded: string; selectors: SelectorTable };
    const { consul, ...tables } = await filterTables(binary ?? '', kept.selectors);
    expect(formatFilters(consul, kept.recorded, tables.recordings)).toBe(filters);
    expect(formatSelectors(consul, kept.recorded, tables.selectors)).toBe(selectors);
  },
  60_000,
);
