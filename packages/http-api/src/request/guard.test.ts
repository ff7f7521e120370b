import { expect, test } from 'vitest';
import { type GuardedHeaders, pageRefusal } from './guard.ts';

const names = new Set(['devnode', 'mesh.example']);

test.for<[string, GuardedHeaders]>([
  ['an IP address', { host: '127.0.0.1:8500' }],
  ['an IPv6 address', { host: '[::1]:8500' }],
  ['localhost', { host: 'localhost:8500' }],
  ['the name of the node, whatever its case', { host: 'DevNode:8500' }],
  ['a name with a final dot', { host: 'mesh.example.:80' }],
  ['no Host at all', {}],
  ['a page of its own', { host: 'localhost:8500', origin: 'http://localhost:8500' }],
  ['an address typed by hand', { host: 'localhost:8500', 'sec-fetch-site': 'none' }],
  ['a page of the same origin', { host: 'localhost:8500', 'sec-fetch-site': 'same-origin' }],
  ['JSON', { 'content-type': 'application/json', 'content-length': '2' }],
  ['a body without a type', { 'content-length': '2' }],
  ['curl -d', { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '2' }],
  ['text/plain that nothing follows', { 'content-type': 'text/plain', 'content-length': '0' }],
  [
    "a text of Node's fetch",
    {
      'content-type': 'text/plain;charset=UTF-8',
      'content-length': '2',
      'sec-fetch-mode': 'cors',
    },
  ],
  ...[
    'Apache-HttpClient/4.5.5 (Java/17.0.15)',
    'Python/3.11 aiohttp/3.14.5',
    'node-fetch',
    'node-fetch/1.0 (+https://github.com/bitinn/node-fetch)',
  ].map((name): [string, GuardedHeaders] => [
    `a text of ${name}`,
    { 'content-type': 'text/plain; charset=UTF-8', 'content-length': '2', 'user-agent': name },
  ]),
])('%s is answered', ([, headers]) => {
  expect(pageRefusal(headers, names)).toBeUndefined();
});

test.for<[string, GuardedHeaders]>([
  ['a name that was pointed here', { host: 'evil.example:8500' }],
  ['an address that only begins like one', { host: '[::1].evil.example' }],
  ['an address whose bracket is never closed', { host: '[::1' }],
  ['a name that only begins like an own one', { host: 'localhost.evil.example' }],
  ['a name that only ends like an own one', { host: 'evil-devnode' }],
  ['a page of another site', { host: 'localhost:8500', origin: 'http://evil.example' }],
  ['a page of another port', { host: 'localhost:8500', origin: 'http://localhost:3000' }],
  ['a page of no origin', { host: 'localhost:8500', origin: 'null' }],
  ['an image on a page of another site', { host: 'localhost', 'sec-fetch-site': 'cross-site' }],
  [
    'a page of another port, told by the browser',
    { host: 'localhost', 'sec-fetch-site': 'same-site' },
  ],
])('%s is refused', ([, headers]) => {
  expect(pageRefusal(headers, names)).toMatchObject({ status: 403 });
});

test.for<[string, GuardedHeaders]>([
  ['a text', { 'content-type': 'text/plain', 'content-length': '2' }],
  ['a text of unknown length', { 'content-type': 'Text/Plain', 'transfer-encoding': 'chunked' }],
  [
    'a form with files',
    { 'content-type': 'multipart/form-data; boundary=x', 'content-length': '9' },
  ],
  [
    'a text of a page of no other origin',
    {
      'content-type': 'text/plain;charset=UTF-8',
      'content-length': '2',
      'sec-fetch-mode': 'no-cors',
      'sec-fetch-site': 'none',
    },
  ],
  [
    'a text of a browser',
    {
      'content-type': 'text/plain',
      'content-length': '2',
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) aiohttp/3 Apache-HttpClient/4 node-fetch',
    },
  ],
  [
    'a text of a browser that calls itself a library',
    {
      'content-type': 'text/plain',
      'content-length': '2',
      'user-agent': 'node-fetch',
      'sec-fetch-site': 'none',
    },
  ],
  [
    'a form with files of a library',
    {
      'content-type': 'multipart/form-data; boundary=x',
      'content-length': '9',
      'user-agent': 'node-fetch',
    },
  ],
])('%s is refused by its type, for a form may send it', ([, headers]) => {
  expect(pageRefusal(headers, names)).toMatchObject({ status: 415 });
});
