import { expect, test } from 'vitest';
import { cpuTicks, processUsage, residentKiB } from './process-usage.ts';

test('processor time is found after a program name with spaces and brackets', () => {
  const stat = '12 (a) b (c) S 1 12 12 0 -1 4194560 900 0 0 0 31 7 0 0 20 0 11 0 5000 1 2';
  expect(cpuTicks(stat)).toBe(38);
  expect(() => cpuTicks('12 (a) S 1')).toThrow('not a stat file');
});

test('resident memory is the line of that name', () => {
  expect(residentKiB('VmHWM:\t  999 kB\nVmRSS:\t  131240 kB\nRssAnon:\t 5 kB\n')).toBe(131_240);
  expect(() => residentKiB('Name:\tnode\n')).toThrow('VmRSS');
});

test('this process has used both', () => {
  const { cpuMs, residentMiB } = processUsage(process.pid);
  expect(cpuMs).toBeGreaterThan(0);
  expect(residentMiB).toBeGreaterThan(1);
});
