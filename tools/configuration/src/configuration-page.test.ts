import { readFileSync } from 'node:fs';
import { describeAgentKeys } from '@chancery/model';
import { expect, test } from 'vitest';
import { configurationPage } from './configuration-page.ts';

test('the page of the keys is what the tables say: node tools/configuration/src/page-main.ts writes it', () => {
  const path = new URL('../../../docs/configuration.md', import.meta.url);
  expect(readFileSync(path, 'utf8')).toBe(configurationPage());
});

test('the page names every key', () => {
  const page = configurationPage();
  const last = (path: string) => path.split('.').at(-1) ?? '';
  const missing = describeAgentKeys().filter(({ path }) => !page.includes(`${last(path)}\``));
  expect(missing).toEqual([]);
});

test('of each key of the agent there is something to say', () => {
  const silent = describeAgentKeys().filter(
    ({ path, text }) => text === '' && !/^(?:services?|checks?)\./.test(path),
  );
  expect(silent).toEqual([]);
});
