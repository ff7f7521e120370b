import { expect, test } from 'vitest';
import { versionOf } from './consul.ts';

test('the version is told by the binary itself', () => {
  expect(versionOf('Consul v1.20.1\nRevision 920cc7c6\n')).toBe('1.20.1');
  expect(() => versionOf('BusyBox v1.36')).toThrow('this is no Consul: BusyBox');
});
