import { format, inspect } from 'node:util';
import { expect, test } from 'vitest';
import { secret } from './secret.ts';

const key = secret('hunter2');

test('a secret is given to whoever asks for it by name', () => {
  expect(key.reveal()).toBe('hunter2');
});

test.each<[string, () => string]>([
  ['JSON', () => JSON.stringify({ leaf: { key } })],
  ['a template', () => `${key}`],
  ['String()', () => String(key)],
  ['inspection, however deep', () => inspect({ leaf: { key } }, { depth: 9, showHidden: true })],
  ['console.log', () => format('%s %o %j', key, key, key)],
  ['its own entries', () => JSON.stringify(Object.entries(key)) + Object.values(key).map(String)],
  ['a spread', () => JSON.stringify({ ...key })],
])('%s does not show a secret', (_, shown) => {
  expect(shown()).not.toContain('hunter2');
});

test('a secret cannot be cloned to another thread or a journal', () => {
  expect(() => structuredClone(key)).toThrow();
});
