import { expect, test } from 'vitest';
import { decodeConfigEntry } from './decode-config-entry.ts';
import { entryRefusal } from './entry-refusal.ts';

function pem(kind: string, bytes = 120): string {
  return `-----BEGIN ${kind}-----\n${'A'.repeat((bytes * 4) / 3)}\n-----END ${kind}-----\n`;
}

function refusal(Certificate: string, PrivateKey: string): string | undefined {
  const entry = { Kind: 'inline-certificate', Name: 'c', Certificate, PrivateKey };
  const decoded = decodeConfigEntry(entry, { casing: 'http' });
  return decoded.ok ? undefined : entryRefusal(decoded.issues).text;
}

test.each(['PRIVATE KEY', 'EC PRIVATE KEY', 'RSA PRIVATE KEY'])('a key may be %s', (kind) => {
  expect(refusal(pem('CERTIFICATE'), pem(kind))).toBe(undefined);
});

test('a key may follow its parameters, and certificates may form a chain', () => {
  const key = pem('EC PARAMETERS', 12) + pem('EC PRIVATE KEY');
  expect(refusal(pem('CERTIFICATE') + pem('CERTIFICATE'), key)).toBe(undefined);
});

/** Words of Consul 1.20.1. */
test.each([
  ['x', pem('PRIVATE KEY'), 'failed to parse certificate PEM'],
  [pem('CERTIFICATE'), '', 'failed to parse private key PEM'],
  [
    pem('CERTIFICATE'),
    pem('FOO'),
    'tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: [FOO]',
  ],
  [
    pem('CERTIFICATE', 3),
    pem('PRIVATE KEY'),
    'failed to parse certificate: x509: malformed certificate',
  ],
])('%j with %j is refused', (certificate, key, words) => {
  expect(refusal(certificate, key)).toBe(words);
});
