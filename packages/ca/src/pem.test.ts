import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatPem, parsePem } from './pem.ts';

const block = fc.record({
  label: fc.constantFrom('CERTIFICATE', 'EC PRIVATE KEY', 'X509 CRL'),
  der: fc.uint8Array({ minLength: 1, maxLength: 400 }),
});

test('parsing gives back the blocks that were formatted', () => {
  fc.assert(
    fc.property(fc.array(block), (blocks) => {
      expect(parsePem(blocks.map(formatPem).join(''))).toEqual(blocks);
    }),
  );
});

test('line ends, trailing blanks and text around the blocks make no difference', () => {
  const noise = fc.constantFrom(
    '',
    '\n',
    '\r\n',
    '  \n',
    '\uFEFF',
    'subject=CN = x\n',
    '# note\r\n',
  );
  const lineEnd = fc.constantFrom('\n', '\r\n', ' \n', '\t \r\n', '\r');
  fc.assert(
    fc.property(fc.array(fc.tuple(noise, block, lineEnd)), noise, (parts, tail) => {
      const text = parts.map(
        ([before, each, end]) => before + formatPem(each).replaceAll('\n', end),
      );
      expect(parsePem(text.join('\n') + tail)).toEqual(parts.map(([, each]) => each));
    }),
  );
});

test.each([
  '',
  'nonsense',
  '-----BEGIN CERTIFICATE-----',
  '-----BEGIN CERTIFICATE-----\nAAAA\n-----END PRIVATE KEY-----',
  '-----BEGIN CERTIFICATE-----\n<html>\n-----END CERTIFICATE-----',
])('%j has no block', (text) => {
  expect(parsePem(text)).toEqual([]);
});

test('hostile text is passed over in time proportional to its length', () => {
  const openings = '-----BEGIN CERTIFICATE-----\nAAAA'.repeat(40_000);
  expect(parsePem(openings)).toEqual([]);
});

test('a certificate is written exactly as Consul writes it', () => {
  const pem = readFileSync(new URL('../testdata/consul-leaf.pem', import.meta.url), 'utf8');
  expect(parsePem(pem).map(formatPem)).toEqual([pem]);
});
