import { expect, test } from 'vitest';
import { pemBlocks } from './pem.ts';

function pem(kind: string, body: string): string {
  return `-----BEGIN ${kind}-----\n${body}\n-----END ${kind}-----\n`;
}

test('blocks are found whatever stands around them', () => {
  const text = `Bag Attributes\n${pem('CERTIFICATE', 'AAAA\nAAA=')}junk\r\n${pem('EC PRIVATE KEY', 'AAAAAA==')}`;
  expect(pemBlocks(text)).toEqual([
    { kind: 'CERTIFICATE', bytes: 5 },
    { kind: 'EC PRIVATE KEY', bytes: 4 },
  ]);
});

test.each([
  ['', 'nothing'],
  ['-----BEGIN CERTIFICATE-----\nAAAA\n', 'no end'],
  ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END PRIVATE KEY-----\n', 'another end'],
  [pem('CERTIFICATE', 'AAA'), 'a length that base64 cannot have'],
  [pem('CERTIFICATE', 'A=AA'), 'padding inside'],
  [pem('CERTIFICATE', 'not base64!'), 'other characters'],
])('%j is no block: %s', (text) => {
  expect(pemBlocks(text)).toEqual([]);
});

test('a text full of beginnings is read in time that grows with its length', () => {
  const text = '-----BEGIN A-----\nAAAA\n'.repeat(100_000);
  const started = performance.now();
  expect(pemBlocks(text)).toEqual([]);
  expect(performance.now() - started).toBeLessThan(2000);
});
