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
        probe: { kind: 'tcp', address: 'localhost:80', intervalMs: 10_000 },
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
    warnings: [],
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
  [
    { name: 'x' },
    'the check says nothing to check: give it one of ttl, http, tcp, udp, grpc, h2ping, args, alias_service',
  ],
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
    { name: 'x', grpc: 'a/b', interval: '1s' },
    'grpc: expected an address, a port and perhaps a service, such as "127.0.0.1:8080/my.Service"',
  ],
  [
    { name: 'x', tcp: '::1:80', interval: '1s' },
    'tcp: expected an address and a port such as "127.0.0.1:8080"',
  ],
  [{ name: 'x', args: [''], interval: '1s' }, 'args: names no program to run'],
  [
    { name: 'x', args: ['a\0'], interval: '1s' },
    'args[0]: holds a character that no program can be given',
  ],
  [{ name: 'x', args: 'ls', interval: '1s' }, 'args: expected a list, found "ls"'],
  [
    { name: 'x', script: 'ls', interval: '1s' },
    'script: script is not supported: write the program and what it is given into args',
  ],
  [
    { name: 'x', docker_container_id: 'a', args: ['ls'], interval: '1s' },
    'docker_container_id: docker_container_id is not supported: the agent speaks to no Docker daemon: run docker exec as a check with args',
  ],
  [
    { name: 'x', os_service: 'a', interval: '1s' },
    'os_service: os_service is not supported: services of the operating system are looked up on Windows only',
  ],
  [
    { name: 'x', tcp: 'a:1', interval: '1s', failures_before_warning: 2 },
    "failures_before_warning: can't be higher than failures_before_critical",
  ],
  [
    { name: 'x', alias_service: 'web', tcp: 'a:1', interval: '1s' },
    'tcp and alias_service given: a check is of one kind',
  ],
  [
    { name: 'x', ttl: '1s', deregister_critical_service_after: '-1m' },
    'deregister_critical_service_after: must be more than 0',
  ],
  [
    { name: 'x', ttl: '1s', output_max_size: -1 },
    'output_max_size: -1 is out of range: it must be 0 to 1048576',
  ],
])('%j is refused with a reason', ([value, message]) => {
  expect(mistakes(value)).toEqual([message]);
});

test('each kind is read with its own settings', () => {
  const every = { name: 'x', interval: '10s', timeout: '2s' };
  const timing = { intervalMs: 10_000, timeoutMs: 2000 };
  const probe = (parts: object, casing: Casing = 'file') =>
    decodeCheck({ ...every, ...parts }, { casing });
  const tls = { skipVerify: true, serverName: 'web.example' };
  const given = { tls_server_name: 'web.example', tls_skip_verify: true };
  const kinds: readonly [object, object][] = [
    [
      { tcp: '[::1]:80', tcp_use_tls: true, ...given },
      { kind: 'tcp', address: '[::1]:80', tls },
    ],
    [
      { tcp: 'a:1', ...given },
      { kind: 'tcp', address: 'a:1' },
    ],
    [{ udp: 'a:1' }, { kind: 'udp', address: 'a:1' }],
    [{ grpc: 'a:1' }, { kind: 'grpc', address: 'a:1', service: '' }],
    [
      { grpc: 'a:1/b/c', grpc_use_tls: true },
      { kind: 'grpc', address: 'a:1', service: 'b/c', tls: { skipVerify: false } },
    ],
    [{ h2ping: 'a:1' }, { kind: 'h2ping', address: 'a:1', tls: { skipVerify: false } }],
    [
      { h2ping: 'a:1', h2ping_use_tls: false },
      { kind: 'h2ping', address: 'a:1' },
    ],
    [{ args: ['sh', '-c', ''] }, { kind: 'script', program: 'sh', args: ['-c', ''] }],
  ];
  for (const [parts, expected] of kinds) {
    expect(probe(parts)).toMatchObject({ value: { probe: { ...expected, ...timing } } });
  }
  const overHttp = { H2PING: 'a:1', H2PingUseTLS: false };
  expect(probe(overHttp, 'http')).toMatchObject({ value: { probe: { kind: 'h2ping' } } });
  expect(probe({ ScriptArgs: ['ls'] }, 'http')).toMatchObject({
    value: { probe: { kind: 'script', program: 'ls', args: [] } },
  });
  expect(probe({ http: 'https://a', disable_redirects: true, ...given })).toMatchObject({
    value: { probe: { kind: 'http', disableRedirects: true, tls } },
  });
});

test('warnings come as late as failures unless they are asked for sooner', () => {
  const thresholds = (parts: object) => {
    const check = { name: 'x', tcp: 'a:1', interval: '1s', ...parts };
    const decoded = decodeCheck(check, { casing: 'file' });
    return decoded.ok ? decoded.value.thresholds : decoded.issues;
  };
  expect(thresholds({ failures_before_critical: 3 })).toEqual({
    successBeforePassing: 0,
    failuresBeforeWarning: 3,
    failuresBeforeCritical: 3,
  });
  expect(thresholds({ failures_before_critical: 3, failures_before_warning: 1 })).toMatchObject({
    failuresBeforeWarning: 1,
  });
  expect(thresholds({ success_before_passing: 1 })).toBeUndefined();
});

test.for<[object, string]>([
  [{ tcp: 'a:1', interval: '100ms' }, 'interval: 100ms is too short: the check is run every 1s'],
  [
    { ttl: '1s', timeout: '1s' },
    'timeout: timeout has no effect: a ttl check is not run, somebody else reports its status',
  ],
  [
    { alias_service: 'web', interval: '1s' },
    'interval: interval has no effect: an alias is as what it stands for',
  ],
  [
    { ttl: '1s', shell: '/bin/sh' },
    'shell: shell has no effect: only a check in a Docker container has a shell: write it into args',
  ],
  [
    { ttl: '1s', deregister_critical_service_after: '10s' },
    'deregister_critical_service_after: the shortest is 1m: so long it is waited',
  ],
])('%j is taken with a warning', ([parts, warning]) => {
  const decoded = decodeCheck({ name: 'x', ...parts }, { casing: 'file' });
  expect(decoded.ok).toBe(true);
  expect(decoded.warnings.map((issue) => formatIssue(issue))).toEqual([warning]);
});

test('what Go clients send for what was not set says nothing', () => {
  const unset = { ID: '', ServiceID: '', AliasNode: '', AliasService: '', TCP: '', Interval: 0 };
  const more = { DockerContainerID: '', OSService: '', ScriptArgs: [], H2PingUseTLS: false };
  const check = { Name: 'x', TTL: '5s', Header: {}, FailuresBeforeWarning: 0, ...unset, ...more };
  expect(decodeCheck(check, { casing: 'http' })).toEqual({
    ok: true,
    warnings: [],
    value: {
      checkId: 'x',
      name: 'x',
      notes: '',
      initialStatus: 'critical',
      probe: { kind: 'ttl', ttlMs: 5000 },
    },
  });
});
