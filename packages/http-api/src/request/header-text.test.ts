import { expect, test } from 'vitest';
import { warningHeaders } from './header-text.ts';

test('of very many warnings the first are sent, and how many more there are', () => {
  const warnings = Array.from({ length: 5000 }, (_, at) => `Tags[${at}]: has no effect`);
  expect(warningHeaders(warnings.slice(0, 20))).toEqual(warnings.slice(0, 20));
  expect(warningHeaders(warnings)).toEqual([...warnings.slice(0, 20), 'and 4980 more']);
});

test('however much there is to warn of, a client reads the headers', () => {
  const sent = warningHeaders(Array.from({ length: 100 }, () => 'x\n'.repeat(50_000)));
  expect(sent[0]).toBe(`${'x?'.repeat(250)}...`);
  expect(sent.join('').length).toBeLessThan(12 * 1024);
});
