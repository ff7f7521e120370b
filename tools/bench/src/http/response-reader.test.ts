import { expect, test } from 'vitest';
import { ResponseReader } from './response-reader.ts';

const measured = 'HTTP/1.1 200 OK\r\nX-Consul-Index: 7\r\nContent-Length: 4\r\n\r\nbody';
const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n';

test.for([
  ['with a length', measured, { status: 200, index: 7, body: 'body' }],
  ['in chunks', chunked, { status: 200, index: 0, body: '4\r\nbody\r\n0\r\n\r\n' }],
] as const)('an answer %s is whole with its last byte', ([, text, expected]) => {
  const reader = new ResponseReader();
  for (const letter of text.slice(0, -1)) {
    expect(reader.take(Buffer.from(letter))).toBeUndefined();
  }
  const response = reader.take(Buffer.from(text.slice(-1)));
  expect({ ...response, body: String(response?.body) }).toEqual(expected);
  expect(reader.take(Buffer.from(text))?.status).toBe(200);
});
