import { expect, test } from 'vitest';
import { createTcpProxy } from '../tcp-proxy.ts';
import { parseXdsAddress } from './xds-address.ts';

test.each([
  ['localhost:8502', 'http://localhost:8502'],
  ['http://10.0.0.1:8502', 'http://10.0.0.1:8502'],
  ['[::1]:8502', 'http://[::1]:8502'],
  ['http://agent', 'http://agent:80'],
])('%s is reached over TCP', (text, authority) => {
  expect(parseXdsAddress(text)).toEqual({ kind: 'tcp', authority });
});

test('unix:///run/xds.sock is a socket', () => {
  expect(parseXdsAddress('unix:///run/xds.sock')).toEqual({ kind: 'unix', path: '/run/xds.sock' });
});

test.each(['', 'https://localhost:8502', 'http://', 'unix://', 'http://a/path', 'a b', 'x:99999'])(
  '%j is no address',
  (text) => {
    expect(parseXdsAddress(text)).toBeUndefined();
    const options = { xdsAddress: text, nodeId: 'web', cluster: 'web', log: () => undefined };
    expect(() => createTcpProxy(options)).toThrow(RangeError);
  },
);
