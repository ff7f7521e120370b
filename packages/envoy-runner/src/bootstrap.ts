import type { Decoded, Issue, JsonObject } from '@chancery/model';
import { adminClusters } from './admin-clusters.ts';
import { adminLog } from './admin-log.ts';
import type { BootstrapAgent, BootstrapNode, BootstrapOptions } from './bootstrap-options.ts';
import { localAgentCluster } from './local-agent.ts';
import { prometheus } from './prometheus-listener.ts';
import { prometheusSecrets } from './prometheus-tls.ts';
import { readyListeners } from './ready-listener.ts';
import { envoyAddress } from './socket-address.ts';
import { staticExtras } from './static-extras.ts';
import { statsSinks } from './stats-sinks.ts';
import { statsConfig } from './stats-tags.ts';

/**
 * The configuration that Envoy is started with: who it is, how it reaches the agent, and what the agent cannot send later.
 * All that routes traffic comes over ADS. Mistakes in `proxy.config` are returned with their paths.
 */
export function bootstrap(options: BootstrapOptions): Decoded<JsonObject> {
  const extras = staticExtras(options.config);
  const sinks = statsSinks(options.config, options.environment);
  const metrics = prometheus(options);
  const issues: Issue[] = [];
  for (const part of [extras, sinks, metrics]) if (!part.ok) issues.push(...part.issues);
  if (!extras.ok || !sinks.ok || !metrics.ok) return { ok: false, issues };
  const clusters = [
    localAgentCluster(options.agent),
    ...adminClusters(options),
    ...extras.value.clusters,
  ];
  const listeners = [
    ...(metrics.value === undefined ? [] : [metrics.value]),
    ...readyListeners(options),
    ...extras.value.listeners,
  ];
  const secrets =
    metrics.value === undefined ? [] : prometheusSecrets(options.stats?.prometheusTls);
  return {
    ok: true,
    value: {
      admin: admin(options.admin),
      node: node(options.node),
      ...(options.agent.takesLoadReports === true && {
        cluster_manager: { load_stats_config: loadReports(options.agent) },
      }),
      layered_runtime: layeredRuntime,
      static_resources: {
        clusters,
        ...(listeners.length > 0 && { listeners }),
        ...(secrets.length > 0 && { secrets }),
      },
      ...(sinks.value.length > 0 && { stats_sinks: sinks.value }),
      stats_config: statsConfig(options),
      dynamic_resources: dynamicResources(options.agent),
    },
  };
}

function admin({ address, ...log }: BootstrapOptions['admin']): JsonObject {
  return { access_log: [adminLog(log)], address: envoyAddress(address) };
}

function node({ proxyId, service, nodeName }: BootstrapNode): JsonObject {
  return {
    cluster: service,
    id: proxyId,
    metadata: {
      namespace: 'default',
      partition: 'default',
      ...(nodeName !== undefined && { node_name: nodeName }),
    },
  };
}

/** Long regular expressions, such as a list of many principals, are refused by Envoy below its own small limit. */
const layeredRuntime: JsonObject = {
  layers: [{ name: 'base', static_layer: { 're2.max_program_size.error_level': 1048576 } }],
};

/** The first fetch has no time limit: a proxy that comes up before its agent waits for it instead of serving nothing. */
const overAds: JsonObject = { ads: {}, initial_fetch_timeout: '0s', resource_api_version: 'V3' };

function dynamicResources(agent: BootstrapAgent): JsonObject {
  return {
    lds_config: overAds,
    cds_config: overAds,
    ads_config: {
      api_type: agent.protocol === 'state-of-the-world' ? 'GRPC' : 'DELTA_GRPC',
      transport_api_version: 'V3',
      grpc_services: [overAgent(agent)],
    },
  };
}

/** Envoy tells the agent how many connections it began to which cluster: what of the mesh is used is seen by that. */
function loadReports(agent: BootstrapAgent): JsonObject {
  return { api_type: 'GRPC', transport_api_version: 'V3', grpc_services: [overAgent(agent)] };
}

function overAgent({ token }: BootstrapAgent): JsonObject {
  return {
    ...(token !== '' && { initial_metadata: [{ key: 'x-consul-token', value: token }] }),
    envoy_grpc: { cluster_name: 'local_agent' },
  };
}
