import { expect, test } from 'vitest';
import { formatAddress, parseAddress } from './address.ts';

test.for([
  ['127.0.0.1:8500', 'http://127.0.0.1:8500'],
  ['localhost:8500', 'http://localhost:8500'],
  ['http://mesh.example', 'http://mesh.example:80'],
  ['https://mesh.example', 'https://mesh.example:443'],
  ['[::1]:8500', 'http://[::1]:8500'],
  [':8500', 'http://localhost:8500'],
  ['http://:8500', 'http://localhost:8500'],
] as const)('%s is read as %s', ([text, url]) => {
  const address = parseAddress(text);
  expect(address && formatAddress(address)).toBe(url);
});

test('a bare address is reached over TLS where that is asked for', () => {
  expect(parseAddress('127.0.0.1:8501', true)).toMatchObject({ scheme: 'https', port: 8501 });
});

test('a Unix socket is named by its path', () => {
  expect(parseAddress('unix:///run/agent.sock')).toEqual({ kind: 'unix', path: '/run/agent.sock' });
});

test.for(['', 'unix://', 'ftp://a:1', 'host:port', '://'])('%j is no address', (text) => {
  expect(parseAddress(text)).toBeUndefined();
});
