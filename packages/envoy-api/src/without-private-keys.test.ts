import { expect, test } from 'vitest';
import { withoutPrivateKeys } from './without-private-keys.ts';

const key = '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----';

test('a private key leaves a text, and what stands around it stays', () => {
  expect(withoutPrivateKeys(`before ${key} between ${key} after`)).toBe(
    'before [private key] between [private key] after',
  );
});

test('a private key that is cut off leaves with all that is behind it', () => {
  expect(withoutPrivateKeys(`before ${key.slice(0, -10)}`)).toBe('before [private key]');
});

test('what only speaks of private keys stays', () => {
  const text = 'no PRIVATE KEY-----, and -----BEGIN CERTIFICATE-----';
  expect(withoutPrivateKeys(text)).toBe(text);
});
