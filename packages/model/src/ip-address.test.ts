import { isIP } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isIpAddress } from './ip-address.ts';

test('what Node takes for an IP address is one', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
      expect(isIP(address)).not.toBe(0);
      expect(isIpAddress(address)).toBe(true);
    }),
  );
});

test.for([
  '',
  'localhost',
  'db.example.com',
  '256.1.1.1',
  '1.2.3',
  '01x.2.3.4',
  '10.0.0.01',
  '00.0.0.0',
  '1.2.3.4.5',
  'db:80',
  '::g',
  ':::',
  '[::1]',
  'fe80::1%eth0',
  '1.2.3.4:80',
  '/run/app.sock',
])('%s is no IP address', (text) => {
  expect(isIpAddress(text)).toBe(false);
});
