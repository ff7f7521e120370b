import { expect, test } from 'vitest';
import { redirected } from './redirect.ts';

const asked = { url: 'http://127.0.0.1:80/a', method: 'POST', body: 'x' };

test.for<[number, string | undefined, object]>([
  [200, '/b', { kind: 'none' }],
  [304, '/b', { kind: 'none' }],
  [302, undefined, { kind: 'none' }],
  [302, 'http://[', { kind: 'none' }],
  [302, '/b', { kind: 'followed', to: { url: 'http://127.0.0.1/b', method: 'GET', body: '' } }],
  [307, 'b', { kind: 'followed', to: { url: 'http://127.0.0.1/b', method: 'POST', body: 'x' } }],
  [302, 'http://127.0.0.1:80/b', { kind: 'followed' }],
  [302, 'http://127.0.0.1:8500/', { kind: 'foreign', where: 'another port' }],
  [301, 'https://127.0.0.1/', { kind: 'foreign', where: 'another protocol' }],
  [301, 'https://127.0.0.1:8443/', { kind: 'foreign', where: 'another protocol' }],
  [301, 'http://localhost/', { kind: 'foreign', where: 'another host', url: 'http://localhost/' }],
  [302, 'http://127.0.0.1@10.0.0.1/', { kind: 'foreign' }],
  [302, '//169.254.169.254/latest', { kind: 'foreign', url: 'http://169.254.169.254/latest' }],
  [302, 'file:///etc/passwd', { kind: 'foreign', url: 'file:///etc/passwd' }],
])('%i to %s', ([code, location, expected]) => {
  expect(redirected(asked, code, location)).toMatchObject(expected);
});
