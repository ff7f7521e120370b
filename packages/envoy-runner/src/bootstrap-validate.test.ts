import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bootstrap } from './bootstrap.ts';
import type { BootstrapOptions } from './bootstrap-options.ts';
import { runProgram } from './run-program.ts';
import { describeWithEnvoy, realEnvoy } from './testing/real-envoy.ts';
import { webSidecar, webSidecarWith } from './testing/web-sidecar.ts';

const extraCluster = JSON.stringify({
  name: 'zipkin',
  type: 'STATIC',
  connect_timeout: '1s',
  load_assignment: { cluster_name: 'zipkin', endpoints: [] },
});

const extraListener = JSON.stringify({
  name: 'extra',
  address: { socket_address: { address: '127.0.0.1', port_value: 29999 } },
  filter_chains: [
    {
      filters: [
        {
          name: 'envoy.filters.network.tcp_proxy',
          typed_config: {
            '@type': 'type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy',
            stat_prefix: 'extra',
            cluster: 'zipkin',
          },
        },
      ],
    },
  ],
});

const { agent, admin } = webSidecar();
const cases: readonly (readonly [string, BootstrapOptions])[] = [
  ['the walkthrough', webSidecar()],
  ['a token', webSidecar({ agent: { ...agent, token: 'a-token' } })],
  ['state of the world', webSidecar({ agent: { ...agent, protocol: 'state-of-the-world' } })],
  ['load reports', webSidecar({ agent: { ...agent, takesLoadReports: true } })],
  [
    'a socket to the agent',
    webSidecar({ agent: { address: { kind: 'pipe', path: '/run/x' }, token: '' } }),
  ],
  [
    'an IPv6 admin address',
    webSidecar({ admin: { address: { kind: 'ip', address: '::1', port: 19000 } } }),
  ],
  ['an access log', webSidecar({ admin: { ...admin, accessLogPath: '/tmp/admin.log' } })],
  [
    'the access log of the mesh',
    webSidecar({ admin: { ...admin, accessLogs: { enabled: true } } }),
  ],
  [
    'an access log in a format of its own',
    webSidecar({ admin: { ...admin, accessLogs: { enabled: true, textFormat: '%START_TIME%' } } }),
  ],
  [
    'an access log in JSON of its own',
    webSidecar({
      admin: {
        ...admin,
        accessLogs: { enabled: true, type: 'stderr', jsonFormat: '{"a":"%DURATION%"}' },
      },
    }),
  ],
  ['user tags', webSidecarWith({ statsTags: ['Team=core', 'canary'] })],
  ['no deprecated tags', webSidecar({ stats: { omitDeprecatedTags: true } })],
  ['metrics', webSidecarWith({ prometheusBindAddr: '127.0.0.1:29102' })],
  ['readiness', webSidecar({ ready: { kind: 'ip', address: '127.0.0.1', port: 29103 } })],
  ['statsd', webSidecarWith({ statsdUrl: 'udp://127.0.0.1:8125' })],
  ['dogstatsd', webSidecarWith({ dogstatsdUrl: 'unix:///run/dogstatsd.sock' })],
  [
    'extra clusters and listeners',
    webSidecarWith({
      extraStaticClustersJson: extraCluster,
      extraStaticListenersJson: extraListener,
    }),
  ],
];

describeWithEnvoy('a real Envoy accepts the bootstrap of', () => {
  test.for(cases)('%s', async ([, options]) => {
    const result = bootstrap(options);
    if (!result.ok) throw new Error(JSON.stringify(result.issues));
    const folder = await mkdtemp(join(tmpdir(), 'chancery-validate-'));
    try {
      const file = join(folder, 'bootstrap.json');
      await writeFile(file, JSON.stringify(result.value));
      const args = ['--mode', 'validate', '--config-path', file, '-l', 'error'];
      const { code, output } = await runProgram(realEnvoy ?? '', args);
      expect(output).toContain(' OK');
      expect(output).not.toMatch(/deprecated|critical/i);
      expect(code).toBe(0);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
