import type { RunProbe } from '@chancery/model';
import { expect, test } from 'vitest';
import { probe } from './probe.ts';
import { aRun } from './testing/a-run.ts';

const timing = { intervalMs: 1000, timeoutMs: 2000 };

function http(parts: object): RunProbe {
  const url = 'http://127.0.0.1:1/';
  return { kind: 'http', url, method: 'GET', headers: {}, body: '', ...timing, ...parts };
}

test.for<[string, RunProbe]>([
  ['a port that does not exist', { kind: 'tcp', address: '127.0.0.1:99999', ...timing }],
  ['a host that cannot be one', { kind: 'tcp', address: '\0:80', ...timing }],
  ['a port of UDP that does not exist', { kind: 'udp', address: '127.0.0.1:99999', ...timing }],
  ['a host of gRPC that cannot be one', { kind: 'grpc', address: '\0:80', service: '', ...timing }],
  ['a host of HTTP/2 that cannot be one', { kind: 'h2ping', address: 'a b:80', ...timing }],
  ['a program that has no name', { kind: 'script', program: '', args: [], ...timing }],
  ['an argument that holds a zero', { kind: 'script', program: 'true', args: ['\0'], ...timing }],
  ['the name of a header that HTTP forbids', http({ headers: { 'x y': ['a'] } })],
  ['the value of a header that HTTP forbids', http({ headers: { x: ['a\nb'] } })],
  ['a time that no timer can wait', http({ timeoutMs: 1e13 })],
])('%s is what the check finds, not the end of the agent', async ([_what, check]) => {
  expect(await probe(check, aRun())).toMatchObject({
    status: 'critical',
    output: expect.any(String),
  });
});
