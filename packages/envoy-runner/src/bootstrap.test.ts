import type { JsonObject } from '@chancery/model';
import { describe, expect, test } from 'vitest';
import { bootstrap } from './bootstrap.ts';
import type { BootstrapOptions } from './bootstrap-options.ts';
import { webSidecar, webSidecarWith } from './testing/web-sidecar.ts';

function accepted(options: BootstrapOptions): JsonObject {
  const result = bootstrap(options);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

describe('the bootstrap', () => {
  test('names the proxy by its ID and its service', () => {
    expect(accepted(webSidecar())).toMatchObject({
      node: {
        id: 'web-sidecar-proxy',
        cluster: 'web',
        metadata: { namespace: 'default', partition: 'default' },
      },
    });
  });

  test('asks the agent for everything over incremental ADS, however long that takes', () => {
    const overAds = { ads: {}, initial_fetch_timeout: '0s', resource_api_version: 'V3' };
    const { dynamic_resources } = accepted(webSidecar());
    expect(dynamic_resources).toEqual({
      lds_config: overAds,
      cds_config: overAds,
      ads_config: {
        api_type: 'DELTA_GRPC',
        transport_api_version: 'V3',
        grpc_services: [{ envoy_grpc: { cluster_name: 'local_agent' } }],
      },
    });
  });

  test('can ask for the state of the world instead', () => {
    const { agent } = webSidecar();
    const options = webSidecar({ agent: { ...agent, protocol: 'state-of-the-world' } });
    expect(accepted(options)).toMatchObject({
      dynamic_resources: { ads_config: { api_type: 'GRPC' } },
    });
  });

  test('reports connections to an agent that takes such reports, and to no other', () => {
    const { agent } = webSidecar();
    expect(accepted(webSidecar())).not.toHaveProperty('cluster_manager');
    const options = webSidecar({ agent: { ...agent, token: 's3cret', takesLoadReports: true } });
    expect(accepted(options)['cluster_manager']).toEqual({
      load_stats_config: {
        api_type: 'GRPC',
        transport_api_version: 'V3',
        grpc_services: [
          {
            initial_metadata: [{ key: 'x-consul-token', value: 's3cret' }],
            envoy_grpc: { cluster_name: 'local_agent' },
          },
        ],
      },
    });
  });

  test('carries a token only when there is one', () => {
    const { agent } = webSidecar();
    expect(JSON.stringify(accepted(webSidecar()))).not.toContain('x-consul-token');
    expect(accepted(webSidecar({ agent: { ...agent, token: 's3cret' } }))).toMatchObject({
      dynamic_resources: {
        ads_config: {
          grpc_services: [{ initial_metadata: [{ key: 'x-consul-token', value: 's3cret' }] }],
        },
      },
    });
  });

  test('reaches the agent over HTTP/2, on an address or a socket', () => {
    const [cluster] = clusters(accepted(webSidecar()));
    expect(cluster).toMatchObject({ name: 'local_agent', type: 'STATIC', connect_timeout: '1s' });
    expect(JSON.stringify(cluster)).toContain('"http2_protocol_options":{}');
    const socket = webSidecar({
      agent: { address: { kind: 'pipe', path: '/run/xds' }, token: '' },
    });
    expect(JSON.stringify(clusters(accepted(socket)))).toContain('"pipe":{"path":"/run/xds"}');
  });

  test('adds the static clusters and listeners of the proxy, with and without brackets', () => {
    const value = accepted(
      webSidecarWith({
        extraStaticClustersJson: '{"name":"a"}, {"name":"b"}',
        extraStaticListenersJson: '[{"name":"l"}]',
      }),
    );
    expect(clusters(value).map(({ name }) => name)).toEqual(['local_agent', 'a', 'b']);
    expect(value).toMatchObject({ static_resources: { listeners: [{ name: 'l' }] } });
  });

  test('serves metrics from the admin interface, or from a port that merges them', () => {
    const config = { statsTags: [], prometheusBindAddr: '127.0.0.1:9102' };
    const own = accepted(webSidecar({ config }));
    expect(clusters(own).map(({ name }) => name)).toEqual(['local_agent', 'self_admin']);
    const stats = { prometheusBackendPort: 20100, prometheusScrapePath: '/scrape' };
    const merged = accepted(webSidecar({ config, stats }));
    expect(clusters(merged).map(({ name }) => name)).toEqual(['local_agent', 'prometheus_backend']);
    expect(JSON.stringify(merged)).toContain('"match":{"path":"/scrape"}');
  });

  test('serves readiness beside metrics, each with the cluster that it needs', () => {
    const ready = { kind: 'ip', address: '127.0.0.1', port: 29103 } as const;
    const alone = accepted(webSidecar({ ready }));
    expect(clusters(alone).map(({ name }) => name)).toEqual(['local_agent', 'self_admin']);
    expect(JSON.stringify(alone)).toContain('"match":{"path":"/ready"}');
    const config = { statsTags: [], prometheusBindAddr: '127.0.0.1:9102' };
    const both = accepted(webSidecar({ config, ready, stats: { prometheusBackendPort: 20100 } }));
    expect(clusters(both).map(({ name }) => name)).toEqual([
      'local_agent',
      'prometheus_backend',
      'self_admin',
    ]);
  });

  test('serves metrics over TLS with the files that it is given', () => {
    const config = { statsTags: [], prometheusBindAddr: '127.0.0.1:9102' };
    const ca = { filename: '/ca.pem' };
    const prometheusTls = { certFile: '/c.pem', keyFile: '/k.pem', ca };
    const { static_resources } = accepted(webSidecar({ config, stats: { prometheusTls } }));
    expect(static_resources).toMatchObject({
      listeners: [{ filter_chains: [{ transport_socket: { name: 'tls' } }] }],
      secrets: [
        {
          name: 'prometheus_cert',
          tls_certificate: {
            certificate_chain: { filename: '/c.pem' },
            private_key: { filename: '/k.pem' },
          },
        },
        {
          name: 'prometheus_validation_context',
          validation_context: { trusted_ca: { filename: '/ca.pem' } },
        },
      ],
    });
    const without = accepted(webSidecar({ stats: { prometheusTls } }));
    expect(without).not.toHaveProperty('static_resources.secrets');
  });

  test('returns every mistake of the proxy at once, with its path', () => {
    const result = bootstrap(
      webSidecarWith({
        statsdUrl: 'tcp://127.0.0.1:8125',
        prometheusBindAddr: 'localhost:9102',
        extraStaticClustersJson: '{',
      }),
    );
    expect(result).toMatchObject({
      ok: false,
      issues: [
        { path: ['proxy', 'config', 'envoy_extra_static_clusters_json'] },
        { path: ['proxy', 'config', 'envoy_statsd_url'] },
        { path: ['proxy', 'config', 'envoy_prometheus_bind_addr'] },
      ],
    });
  });
});

function clusters(value: JsonObject): readonly JsonObject[] {
  const { static_resources } = value as { static_resources: { clusters: readonly JsonObject[] } };
  return static_resources.clusters;
}
