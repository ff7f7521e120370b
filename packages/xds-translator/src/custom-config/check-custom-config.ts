import { type DescMessage, fromJson, type MessageShape } from '@bufbuild/protobuf';
import { registry } from '@chancery/envoy-api';
import { ClusterSchema } from '@chancery/envoy-api/envoy/config/cluster/v3/cluster';
import { ListenerSchema } from '@chancery/envoy-api/envoy/config/listener/v3/listener';
import type { ConnectProxy, Issue, JsonObject, Path, ServiceRegistration } from '@chancery/model';
import { unguardable } from './custom-public-listener.ts';
import { unsealable } from './custom-upstream-cluster.ts';
import { jsonProblems } from './json-problems.ts';
import { isJsonObject, readJson, readTypedJson } from './read-json.ts';

/**
 * Every mistake in the Envoy configuration that a registration brings along, so that none is left for the
 * stream to find. The other keys of the two configs are the model's, which has read them before. Paths are those of a file, `proxy.config.envoy_public_listener_json`, and a message
 * begins with the way inside the JSON, `$.filter_chains[0].filters`.
 */
export function checkCustomConfig(registration: ServiceRegistration): readonly Issue[] {
  const own = registration.service.proxy;
  const sidecar = registration.sidecar?.service.proxy;
  return [
    ...(own === undefined ? [] : proxyIssues(own, ['proxy'])),
    ...(sidecar === undefined ? [] : proxyIssues(sidecar, ['connect', 'sidecar_service', 'proxy'])),
  ];
}

function proxyIssues(proxy: ConnectProxy, path: Path): readonly Issue[] {
  const upstreams = proxy.upstreams.flatMap(({ config }, index) =>
    upstreamIssues(config, [...path, 'upstreams', index, 'config']),
  );
  return [...proxyConfigIssues(proxy.config, [...path, 'config']), ...upstreams];
}

function proxyConfigIssues(config: JsonObject, path: Path): readonly Issue[] {
  return [
    ...typedIssues(config, 'envoy_public_listener_json', ListenerSchema, unguardable, path),
    ...typedIssues(config, 'envoy_local_cluster_json', ClusterSchema, accept, path),
    ...staticIssues(config, 'envoy_extra_static_clusters_json', ClusterSchema, path),
    ...staticIssues(config, 'envoy_extra_static_listeners_json', ListenerSchema, path),
  ];
}

function upstreamIssues(config: JsonObject, path: Path): readonly Issue[] {
  return [
    ...typedIssues(config, 'envoy_listener_json', ListenerSchema, accept, path),
    ...typedIssues(config, 'envoy_cluster_json', ClusterSchema, unsealable, path),
  ];
}

/** What is wrong with a text that holds one message with its `@type`. A name may be left out: it is filled in. */
function typedIssues<Desc extends DescMessage>(
  config: JsonObject,
  key: string,
  schema: Desc,
  refusal: (message: MessageShape<Desc>) => string | undefined,
  below: Path,
): readonly Issue[] {
  const text = config[key];
  if (typeof text !== 'string') return [];
  const path = [...below, key];
  const read = readTypedJson(text, schema);
  if (!read.ok) return [{ path, message: read.reason }];
  const json = { name: 'filled in', ...read.value };
  const issues = messageIssues(json, '$', schema, path);
  if (issues.length > 0) return issues;
  const message = refusal(fromJson(schema, json, { registry: registry() }));
  return message === undefined ? [] : [{ path, message }];
}

/** What is wrong with messages for the bootstrap: a list, with or without its brackets, as Consul takes it. */
function staticIssues(
  config: JsonObject,
  key: string,
  schema: DescMessage,
  below: Path,
): readonly Issue[] {
  const text = config[key];
  if (typeof text !== 'string') return [];
  const path = [...below, key];
  const read = readJson(`[${text}]`);
  if (!read.ok) return [{ path, message: read.reason }];
  const messages = (read.value as unknown[]).flat();
  return messages.flatMap((json, index) => {
    if (isJsonObject(json) && '@type' in json) {
      const message = `$[${index}]["@type"]: leave it out here, where the type is known`;
      return [{ path, message }];
    }
    const issues = messageIssues(json, `$[${index}]`, schema, path);
    return issues.length > 0 ? issues : reservedIssues(json, `$[${index}]`, path);
  });
}

/** What the stream or the bootstrap itself brings: `public_listener:…`, `local_app`, `db.default.dc1.internal.<trust domain>`. */
const reserved =
  /^public_listener:|^(?:local_app|local_agent|self_admin|prometheus_backend|envoy_prometheus_metrics_listener)$|\.internal(?:-v1)?\.[^.]+\.consul$/;

/** Envoy keeps what its bootstrap gave it under a name, without a word, whatever the stream brings: that would be without mutual TLS. */
function reservedIssues(json: unknown, at: string, path: Path): readonly Issue[] {
  const name = isJsonObject(json) ? json['name'] : undefined;
  if (typeof name !== 'string' || !reserved.test(name)) return [];
  const message = `${at}.name: ${JSON.stringify(name)} is a name that the mesh gives: choose another`;
  return [{ path, message }];
}

function messageIssues(
  json: unknown,
  at: string,
  schema: DescMessage,
  path: Path,
): readonly Issue[] {
  const type = registry().getMessage(schema.typeName) ?? schema;
  const problems = jsonProblems(type, json, at);
  if (problems.length > 0) {
    return problems.map((problem) => ({ path, message: `${problem.path}: ${problem.message}` }));
  }
  return wholeIssues(json, schema, path);
}

/** The last word is with the reader that the translator uses. */
function wholeIssues(json: unknown, schema: DescMessage, path: Path): readonly Issue[] {
  try {
    fromJson(schema, json as Parameters<typeof fromJson>[1], { registry: registry() });
    return [];
  } catch (error) {
    return [{ path, message: (error as Error).message }];
  }
}

function accept(): undefined {
  return undefined;
}
