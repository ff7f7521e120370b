import { type Flags, parseFlags } from '@chancery/cli';
import { type LoadedConfig, loadAgentConfig } from '@chancery/config-files';
import { describe, expect, test } from 'vitest';
import { agentFlags } from './agent-flags.ts';
import { type AskedConfig, configRequest } from './config-request.ts';

function flagsOf(argv: readonly string[]): Flags {
  const parsed = parseFlags(argv, agentFlags);
  if (parsed.kind !== 'parsed') throw new Error(JSON.stringify(parsed));
  return parsed.flags;
}

function asked(...argv: readonly string[]): AskedConfig {
  return configRequest(flagsOf(argv), { XDG_STATE_HOME: '/state' }, { hostname: 'box' });
}

/** The configuration that a command line leads to. */
function configured(...argv: readonly string[]): LoadedConfig {
  const found = asked(...argv);
  return found.ok ? loadAgentConfig(found.request) : { ok: false, lines: [found.line] };
}

test('with nothing an agent is durable, on loopback, with xDS on 8502', () => {
  expect(configured()).toMatchObject({
    ok: true,
    config: {
      dev: false,
      dataDir: '/state/chancery',
      bindAddress: '127.0.0.1',
      listen: { http: [{ kind: 'tcp', host: '127.0.0.1' }] },
      nodeName: 'box',
      ports: { http: 8500, grpc: 8502 },
    },
  });
});

test('with a data directory of its own xDS is off until something says so', () => {
  const loaded = configured('-data-dir', '/data');
  expect(loaded).toMatchObject({ ok: true, config: { dataDir: '/data', ports: { grpc: -1 } } });
});

test('each flag reaches what it names', () => {
  const given = [
    ['-dev'],
    ['-node', 'n1'],
    ['-node-id=11111111-2222-3333-4444-555555555555'],
    ['-node-meta', 'rack:1:2', '-node-meta', 'zone:a'],
    ['-datacenter', 'dc2'],
    ['--bind', '10.0.0.1'],
    ['-advertise', '10.0.0.2', '-advertise-wan', '10.0.0.3'],
    ['-client', '127.0.0.2 127.0.0.3'],
    ['-http-port', '1', '-grpc-port', '2'],
    ['-default-intention-policy', 'deny'],
    ['-log-level', 'debug', '-log-json', '-log-file', '/var/log/', '-log-rotate-bytes', '9'],
    ['-log-rotate-duration', '1h', '-log-rotate-max-files', '-1', '-pid-file', '/run/pid'],
    ['-default-query-time', '1m', '-max-query-time', '2m', '-auto-reload-config'],
    ['-allow-write-http-from', '127.0.0.0/8', '-allow-write-http-from', '10.0.0.0/8'],
    ['-enable-local-script-checks', '-check_output_max_size', '100'],
  ].flat();
  expect(configured(...given)).toMatchObject({
    ok: true,
    warnings: [],
    config: {
      dev: true,
      nodeName: 'n1',
      nodeId: '11111111-2222-3333-4444-555555555555',
      nodeMeta: { rack: '1:2', zone: 'a' },
      datacenter: 'dc2',
      bindAddress: '10.0.0.1',
      advertiseAddress: '10.0.0.2',
      taggedAddresses: { wan: '10.0.0.3' },
      listen: { grpc: [{ host: '127.0.0.2' }, { host: '127.0.0.3' }] },
      ports: { http: 1, grpc: 2 },
      defaultIntentionPolicy: 'deny',
      logLevel: 'debug',
      logJson: true,
      logFile: { path: '/var/log/', rotateAtBytes: 9, rotateAfterMs: 3_600_000, keep: 0 },
      pidFile: '/run/pid',
      queryWaits: { defaultMs: 60_000, maxMs: 120_000 },
      autoReloadConfig: true,
      http: { allowWriteFrom: ['127.0.0.0/8', '10.0.0.0/8'] },
      scriptChecks: 'files',
      checkOutputMaxBytes: 100,
    },
  });
});

test('files and folders count in the order of the command line', () => {
  expect(asked('-config-dir', 'd', '-config-file', 'f', '-config-dir', 'e')).toMatchObject({
    request: { paths: ['d', 'f', 'e'] },
  });
});

test('what a server of Consul is started with is understood, or said to have no effect', () => {
  const given = [
    ['-dev', '-server', '-bootstrap-expect=1', '-ui', '-dns-port', '8600', '-domain', 'mesh.'],
    ['-serf-lan-port', '8301', '-serf-wan-port', '-1', '-server-port=8300', '-retry-max', '3'],
    ['-encrypt', 'k', '-disable-host-node-id', '-raft-protocol', '3', '-recursor', '1.1.1.1'],
  ].flat();
  const loaded = configured(...given);
  expect(loaded.ok && loaded.warnings).toEqual([
    expect.stringMatching(/^-retry-max: .* has no effect: there is no gossip/),
    expect.stringMatching(/^-encrypt: .* has no effect: there is no gossip/),
    expect.stringMatching(/^-serf-lan-port: .* has no effect: agents do not talk/),
    expect.stringMatching(/^-server-port: .* has no effect: agents do not talk/),
    expect.stringMatching(/^-dns-port: .* has no effect: there is no DNS interface/),
    expect.stringMatching(/^-domain: .* has no effect: there is no DNS interface/),
    expect.stringMatching(/^-recursor: .* has no effect: there is no DNS interface/),
    expect.stringMatching(/^-raft-protocol: .* has no effect: there is no Raft/),
    expect.stringMatching(/^-ui: .* has no effect: there is no web interface/),
  ]);
});

describe('what would be untrue is refused', () => {
  test.for([
    ['-join=10.0.0.1', /^-join: .* is not supported: this agent joins no others yet/],
    ['-retry-join=10.0.0.1', /^-retry-join: .* is not supported: this agent joins no others/],
    ['-bootstrap-expect=3', /^-bootstrap-expect: .* only 1 can be expected/],
    ['-https-port=8501', /^-https-port: .* is not supported: there is no HTTPS/],
    ['-segment=alpha', /^-segment: .* is not supported: it is a feature of Consul Enterprise/],
    ['-node-meta=rack', /^-node-meta: expected key:value, found "rack"/],
    ['-config-format=yaml', /^-config-format must be either 'hcl' or 'json'/],
  ] as const)('%s', ([flag, message]) => {
    const loaded = configured('-dev', flag);
    expect(loaded.ok ? [] : loaded.lines).toEqual([expect.stringMatching(message)]);
  });
});

test('help says of each flag what it does, or why it does nothing', () => {
  for (const { name, about } of agentFlags) expect(about, name).toMatch(/^\S.{10,}\.$/);
});
