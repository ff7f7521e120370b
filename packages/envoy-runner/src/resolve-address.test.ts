import { expect, test } from 'vitest';
import { resolveAddress } from './resolve-address.ts';

test.for([
  ['localhost:19000', { kind: 'ip', address: '127.0.0.1', port: 19000 }],
  ['http://127.0.0.1:8502', { kind: 'ip', address: '127.0.0.1', port: 8502 }],
  ['[::1]:8502', { kind: 'ip', address: '::1', port: 8502 }],
  ['unix:///run/xds.sock', { kind: 'pipe', path: '/run/xds.sock' }],
] as const)('%s becomes an address that Envoy takes', async ([text, value]) => {
  expect(await resolveAddress(text)).toEqual({ ok: true, value });
});

test.for(['localhost', 'localhost:99999', 'localhost:port', ''])('%j is refused', async (text) => {
  expect(await resolveAddress(text)).toMatchObject({ ok: false });
});
