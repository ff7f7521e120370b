import { expect, test } from 'vitest';
import { longDate } from './long-date.ts';

test.for([
  ['2026-11-23T15:23:25.828Z', 'UTC', 'Monday, 23-Nov-26 15:23:25 UTC'],
  ['2026-09-01T00:05:00Z', 'UTC', 'Tuesday, 01-Sep-26 00:05:00 UTC'],
  ['2026-11-24T05:49:29Z', 'Europe/Berlin', 'Tuesday, 24-Nov-26 06:49:29 CET'],
] as const)('%s is shown in %s as %s', ([iso, zone, text]) => {
  expect(longDate(iso, zone)).toBe(text);
});
