import { describe, expect, test } from 'vitest';
import { decodeCheck } from './check-decoder.ts';
import { formatIssue } from './format-issue.ts';
import type { Casing } from './scope.ts';
import { decodeServiceRegistration } from './service-decoder.ts';

function mistakes(value: unknown, casing: Casing = 'file'): readonly string[] {
  const decoded = decodeCheck(value, { casing });
  return decoded.ok ? [] : decoded.issues.map((issue) => formatIssue(issue));
}

function checksOf(service: object): unknown {
  const decoded = decodeServiceRegistration(service, { casing: 'file' });
  return decoded.ok ? decoded.value.checks : decoded.issues.map((issue) => formatIssue(issue));
}

describe('checks of a service', () => {
  test('one check has the ID of its service, several are numbered, "check" first', () => {
    expect(checksOf({ name: 'web', id: 'w', check: { ttl: '1m30s' } })).toMatchObject([
      { checkId: 'service:w', name: "Service 'web' check", initialStatus: 'critical' },
    ]);
    const checks = [
      { tcp: 'localhost:80', interval: '10s' },
      { id: 'own', name: 'n', ttl: '5s' },
    ];
    expect(checksOf({ name: 'web', check: { ttl: '1s' }, checks })).toMatchObject([
      { checkId: 'service:web:1', probe: { kind: 'ttl', ttlMs: 1000 } },
      {
        checkId: 'service:web:2',
        probe: { kind: 'tcp', address: 'localhost:80', intervalMs: 10_000, timeoutMs: 10_000 },
      },
      { checkId: 'own', name: 'n' },
    ]);
  });

  test('two of one ID, and one of another service, are refused', () => {
    const checks = [
      { id: 'a', ttl: '1s' },
      { id: 'a', ttl: '1s', service_id: 'db' },
    ];
    expect(checksOf({ name: 'web', checks })).toEqual([
      'checks[1].id: two checks have the ID "a"',
      'checks[1].service_id: a check inside a service is of that service, "web"',
    ]);
  });
});

test('an HTTP check has its method, headers and body', () => {
  const value = {
    Name: 'x',
    HTTP: 'http://127.0.0.1/health',
    Method: 'post',
    Header: { 'X-Test': ['a', 'b'] },
    Body: 'hi',
    Interval: '10s',
    Timeout: 2_000_000_000,
    ServiceID: 'web',
  };
  expect(decodeCheck(value, { casing: 'http' })).toEqual({
    ok: true,
    value: {
      checkId: 'x',
      name: 'x',
      notes: '',
      initialStatus: 'critical',
      serviceId: 'web',
      probe: {
        kind: 'http',
        url: 'http://127.0.0.1/health',
        method: 'POST',
        headers: { 'X-Test': ['a', 'b'] },
        body: 'hi',
        intervalMs: 10_000,
        timeoutMs: 2000,
      },
    },
  });
});

test('an alias check follows a service', () => {
  expect(decodeCheck({ id: 'x', alias_service: 'web' }, { casing: 'file' })).toMatchObject({
    value: { checkId: 'x', name: 'x', probe: { kind: 'alias', serviceId: 'web' } },
  });
});

test.for<[unknown, string]>([
  [{ ttl: '3s' }, 'a check needs a name'],
  [{ name: 'x' }, 'the check says nothing to check: give it one of ttl, tcp, http, alias_service'],
  [{ name: 'x', tcp: 'a:1' }, 'interval is missing: say how often to check, such as "10s"'],
  [
    { name: 'x', tcp: 'a', interval: '1s' },
    'tcp: expected an address and a port such as "127.0.0.1:8080"',
  ],
  [
    { name: 'x', tcp: 'a:65536', interval: '1s' },
    'tcp: expected an address and a port such as "127.0.0.1:8080"',
  ],
  [{ name: 'x', ttl: '597h' }, 'ttl: the longest is 596h'],
  [
    { name: 'x', http: 'http://a', interval: '1s', header: { 'x y': ['a'] } },
    'header["x y"]: "x y" is no name of a header',
  ],
  [
    { name: 'x', http: 'http://a', interval: '1s', header: { x: ['a\nb'] } },
    'header.x[0]: "a\\nb" holds what a header may not',
  ],
  [{ name: 'x', tcp: 'a:1', interval: '1ms' }, 'interval: the shortest interval is 1s'],
  [
    { name: 'x', tcp: 'a:1', interval: 10 },
    'interval: expected a duration such as "10s", found the number 10',
  ],
  [
    { name: 'x', http: 'ftp://a', interval: '1s' },
    'http: expected a URL such as "http://127.0.0.1:8080/health"',
  ],
  [{ name: 'x', ttl: '1x' }, 'ttl: "1x" is no duration: write it like "10s", "1m30s" or "500ms"'],
  [{ name: 'x', ttl: '-1s' }, 'ttl: must be more than 0'],
  [
    { name: 'x', ttl: '1s', interval: '1s' },
    'interval: a ttl check has no interval: somebody else reports its status',
  ],
  [{ name: 'x', ttl: '1s', tcp: 'a:1' }, 'ttl and tcp given: a check is of one kind'],
  [
    { name: 'x', ttl: '1s', status: 'bad' },
    'status: expected "passing" or "warning" or "critical", found "bad"',
  ],
  [
    { name: 'x', grpc: 'a:1' },
    'grpc: grpc is not supported: checks here are ttl, tcp, http and alias',
  ],
  [
    { name: 'x', args: ['ls'] },
    'args: args is not supported: checks here are ttl, tcp, http and alias',
  ],
  [
    { name: 'x', ttl: '1s', deregister_critical_service_after: '1m' },
    'deregister_critical_service_after: deregister_critical_service_after is not supported: a check changes with each result, and stays until it is deregistered',
  ],
])('%j is refused with a reason', ([value, message]) => {
  expect(mistakes(value)).toEqual([message]);
});
