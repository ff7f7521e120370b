import { type DescMessage, fromJson, type MessageShape } from '@bufbuild/protobuf';
import { registry } from '@chancery/envoy-api';
import { ClusterSchema } from '@chancery/envoy-api/envoy/config/cluster/v3/cluster';
import { ListenerSchema } from '@chancery/envoy-api/envoy/config/listener/v3/listener';
import {
  type ConnectProxy,
  decodeProxyConfig,
  decodeUpstreamConfig,
  type Issue,
  type JsonObject,
  type Path,
  type ServiceRegistration,
} from '@chancery/model';
import { unguardable } from './custom-public-listener.ts';
import { unsealable } from './custom-upstream-cluster.ts';
import { jsonProblems } from './json-problems.ts';
import { isJsonObject, readJson, readTypedJson } from './read-json.ts';

/**
 * Every mistake in the Envoy configuration that a registration brings along, so that none is left for the
 * stream to find. Paths are those of a file, `proxy.config.envoy_public_listener_json`, and a message
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
  const decoded = decodeProxyConfig(config);
  if (!decoded.ok) return below(path, decoded.issues);
  const { publicListenerJson, localClusterJson, bootstrap } = decoded.value;
  return [
    ...typedIssues(publicListenerJson, ListenerSchema, unguardable, [
      ...path,
      'envoy_public_listener_json',
    ]),
    ...typedIssues(localClusterJson, ClusterSchema, accept, [...path, 'envoy_local_cluster_json']),
    ...staticIssues(bootstrap.extraStaticClustersJson, ClusterSchema, [
      ...path,
      'envoy_extra_static_clusters_json',
    ]),
    ...staticIssues(bootstrap.extraStaticListenersJson, ListenerSchema, [
      ...path,
      'envoy_extra_static_listeners_json',
    ]),
  ];
}

function upstreamIssues(config: JsonObject, path: Path): readonly Issue[] {
  const decoded = decodeUpstreamConfig(config);
  if (!decoded.ok) return below(path, decoded.issues);
  const { listenerJson, clusterJson } = decoded.value;
  return [
    ...typedIssues(listenerJson, ListenerSchema, accept, [...path, 'envoy_listener_json']),
    ...typedIssues(clusterJson, ClusterSchema, unsealable, [...path, 'envoy_cluster_json']),
  ];
}

/** What is wrong with a text that holds one message with its `@type`. A name may be left out: it is filled in. */
function typedIssues<Desc extends DescMessage>(
  text: string | undefined,
  schema: Desc,
  refusal: (message: MessageShape<Desc>) => string | undefined,
  path: Path,
): readonly Issue[] {
  if (text === undefined) return [];
  const read = readTypedJson(text, schema);
  if (!read.ok) return [{ path, message: read.reason }];
  const json = { name: 'filled in', ...read.value };
  const issues = messageIssues(json, '$', schema, path);
  if (issues.length > 0) return issues;
  const message = refusal(fromJson(schema, json, { registry: registry() }));
  return message === undefined ? [] : [{ path, message }];
}

/** What is wrong with messages for the bootstrap: a list, with or without its brackets, as Consul takes it. */
function staticIssues(text: string | undefined, schema: DescMessage, path: Path): readonly Issue[] {
  if (text === undefined) return [];
  const read = readJson(`[${text}]`);
  if (!read.ok) return [{ path, message: read.reason }];
  const messages = (read.value as unknown[]).flat();
  return messages.flatMap((json, index) => {
    if (isJsonObject(json) && '@type' in json) {
      const message = `$[${index}]["@type"]: leave it out here, where the type is known`;
      return [{ path, message }];
    }
    return messageIssues(json, `$[${index}]`, schema, path);
  });
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

function below(path: Path, issues: readonly Issue[]): readonly Issue[] {
  return issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
}

function accept(): undefined {
  return undefined;
}
