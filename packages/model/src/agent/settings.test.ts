import { describe, expect, test } from 'vitest';
import { decode, file, mistakes } from '../testing/agent-files.ts';

function merged(...values: readonly object[]) {
  const decoded = decode(values.map((value, at) => file(value, `${at}.hcl`)));
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.issues));
  return decoded.value;
}

describe('of several files', () => {
  test('headers are joined, lists add up and numbers of the last count', () => {
    const one = {
      http_config: { response_headers: { A: '1', B: '1' }, block_endpoints: ['/v1/kv'] },
      limits: { http_max_conns_per_client: 5 },
      unix_sockets: { mode: '0700' },
    };
    const two = {
      http_config: {
        response_headers: { B: '2' },
        block_endpoints: ['/v1/txn'],
        allow_write_http_from: ['10.0.0.0/8', 'fd00::/8'],
        max_header_bytes: 0,
      },
      limits: { http_max_conns_per_client: 0 },
    };
    expect(merged(one, two).http).toEqual({
      responseHeaders: { A: '1', B: '2' },
      blockEndpoints: ['/v1/kv', '/v1/txn'],
      allowWriteFrom: ['10.0.0.0/8', 'fd00::/8'],
      maxConnectionsPerClient: 0,
      socketMode: 0o700,
    });
  });

  test('rules about metrics add up', () => {
    const one = { telemetry: { prefix_filter: ['+a', '-b'], metrics_prefix: 'mesh' } };
    const two = { telemetry: { prefix_filter: ['-c'], filter_default: false } };
    expect(merged(one, two).telemetry).toEqual({
      metricsPrefix: 'mesh',
      disableHostname: false,
      prometheusRetentionMs: 60_000,
      allowedPrefixes: ['a'],
      blockedPrefixes: ['b', 'c'],
      filterDefault: false,
    });
  });

  test('the settings of a log file come together', () => {
    const one = { log_file: '/var/log/', log_rotate_bytes: 100, log_rotate_max_files: 3 };
    expect(merged(one, { log_rotate_duration: '1h' }).logFile).toEqual({
      path: '/var/log/',
      rotateAtBytes: 100,
      rotateAfterMs: 3_600_000,
      keep: 3,
    });
    expect(merged({ log_rotate_bytes: 100 }).logFile).toBeUndefined();
  });

  test('a root is its certificate and its key', () => {
    const certificate = '-----BEGIN CERTIFICATE-----\n';
    const key = '-----BEGIN EC PRIVATE KEY-----\n';
    const one = { connect: { ca_config: { root_cert: certificate } } };
    const two = { connect: { ca_config: { private_key: key, root_cert_ttl: '24h' } } };
    const { ca } = merged(one, two);
    expect(ca).toMatchObject({ rootCertTtlMs: 86_400_000, root: { certificatePem: certificate } });
    expect(ca.root?.privateKeyPem()).toBe(key);
    expect(JSON.stringify(ca)).not.toContain('PRIVATE');
  });
});

test.for([
  [{}, 'off'],
  [{ enable_local_script_checks: true }, 'files'],
  [{ enable_script_checks: true }, 'all'],
  [{ enable_script_checks: true, enable_local_script_checks: true }, 'all'],
] as const)('with %j the checks that may run programs are %s', ([value, which]) => {
  expect(merged(value).scriptChecks).toBe(which);
});

test.for([
  [{ acl_default_policy: 'deny' }, 'deny'],
  [{ acl_default_policy: 'deny', acl: { default_policy: 'allow' } }, 'allow'],
] as const)('with %j the default policy is %s', ([value, policy]) => {
  expect(merged(value).defaultIntentionPolicy).toBe(policy);
});

test.for([
  [
    { http_config: { response_headers: { 'a b': 'c' } } },
    'http_config.response_headers["a b"]: "a b" is no name of a header',
  ],
  [
    { http_config: { block_endpoints: ['v1'] } },
    'http_config.block_endpoints[0]: expected a path such as "/v1/agent", found "v1"',
  ],
  [
    { http_config: { allow_write_http_from: ['10.0.0.0/33'] } },
    'http_config.allow_write_http_from[0]: expected a network such as "10.0.0.0/8", found "10.0.0.0/33"',
  ],
  [
    { http_config: { allow_write_http_from: ['everyone'] } },
    'http_config.allow_write_http_from[0]: expected a network such as "10.0.0.0/8", found "everyone"',
  ],
  [
    { unix_sockets: { mode: '999' } },
    'unix_sockets.mode: expected rights such as "0700", found "999"',
  ],
  [
    { unix_sockets: { user: '1000' } },
    'unix_sockets.user: user is not supported: a socket belongs to the user that the agent runs as',
  ],
  [
    { telemetry: { prefix_filter: ['a'] } },
    'telemetry.prefix_filter[0]: expected a beginning of names behind "+" or "-" such as "-consul.rpc", found "a"',
  ],
  [{ log_rotate_duration: '-1h' }, 'log_rotate_duration: must not be less than 0'],
  [{ max_query_time: '0s' }, 'max_query_time: must be more than 0'],
  [
    { check_output_max_size: 0 },
    'check_output_max_size: 0 is out of range: it must be 1 to 1048576',
  ],
  [
    { connect: { ca_provider: 'vault' } },
    'connect.ca_provider: the provider "vault" is not supported: the agent signs itself; remove it or say "consul"',
  ],
  [
    { connect: { ca_config: { private_key_type: 'rsa' } } },
    'connect.ca_config.private_key_type: keys are EC P-256: expected "ec", found "rsa"',
  ],
  [
    { connect: { ca_config: { root_cert: '-----BEGIN CERTIFICATE-----' } } },
    'connect.ca_config: root_cert is given without private_key: a root is both',
  ],
  [
    { primary_datacenter: 'east' },
    'primary_datacenter: there is one datacenter yet: remove it, or set it to "dc1"',
  ],
  [{ server: 'yes' }, 'server: expected true or false, found "yes"'],
  [
    { watches: [{ type: 'key' }] },
    'watches: watches is not supported: changes start no commands: run "chancery watch" beside the agent',
  ],
] as const)('%j is refused', ([value, line]) => {
  expect(mistakes([file(value)])).toEqual([`a.hcl: ${line}`]);
});
