import { type ResourceTypeUrl, typeUrls } from '@chancery/envoy-api';
import { ClusterSchema } from '@chancery/envoy-api/envoy/config/cluster/v3/cluster';
import { ListenerSchema } from '@chancery/envoy-api/envoy/config/listener/v3/listener';
import type { ProxySnapshot, UpstreamSnapshot } from '@chancery/snapshot';
import { intentionsFilter, localAppCluster, publicListenerName } from './resource-names.ts';
import { customName, upstreamNames } from './upstream-names.ts';

/** What was declared that a resource comes from. */
export interface ResourceOrigin {
  /** `service` for a registration, else the kind of a config entry. */
  readonly kind: string;
  /** The ID of the registered instance, or the name of the entry. */
  readonly name: string;
  /** A JSON path in it, as the HTTP API spells it: `Proxy.Upstreams[0].Config.envoy_cluster_json`; empty for the whole. */
  readonly path: string;
}

/** A resource by what Envoy knows it by. */
export interface ResourceId {
  readonly typeUrl: string;
  readonly name: string;
}

/**
 * Whom to ask about a resource of a proxy: the registration or entry that it comes from, and where in it.
 * Resources are shared between proxies, so this is asked of a snapshot and cannot be told by the resource. None
 * for what nobody declared: secrets, the default without intentions, and names that the proxy does not have.
 */
export function resourceOrigin(
  snapshot: ProxySnapshot,
  { typeUrl, name }: ResourceId,
): ResourceOrigin | undefined {
  return originsOf(snapshot).get(key(typeUrl, name));
}

type Origins = ReadonlyMap<string, ResourceOrigin>;

const known = new WeakMap<ProxySnapshot, Origins>();

function originsOf(snapshot: ProxySnapshot): Origins {
  const remembered = known.get(snapshot);
  if (remembered !== undefined) return remembered;
  const origins = new Map<string, ResourceOrigin>();
  const all = [
    ...inboundOrigins(snapshot),
    ...authorizationOrigin(snapshot),
    ...snapshot.upstreams.flatMap((upstream, at) => upstreamOrigins(snapshot, upstream, at)),
  ];
  // Under one name the first is served.
  for (const { type, name, origin } of all) {
    if (!origins.has(key(type, name))) origins.set(key(type, name), origin);
  }
  known.set(snapshot, origins);
  return origins;
}

interface NamedOrigin {
  readonly type: ResourceTypeUrl;
  readonly name: string;
  readonly origin: ResourceOrigin;
}

function inboundOrigins({ proxyId, publicListener, config }: ProxySnapshot): NamedOrigin[] {
  const own = publicListenerName(publicListener.address, publicListener.port);
  const { publicListenerJson, localClusterJson } = config;
  const at = (custom: string | undefined, key: string, otherwise: string): ResourceOrigin =>
    registration(proxyId, custom === undefined ? otherwise : `Proxy.Config.${key}`);
  return [
    {
      type: typeUrls.listener,
      name: customName(publicListenerJson, ListenerSchema) || own,
      origin: at(publicListenerJson, 'envoy_public_listener_json', ''),
    },
    {
      type: typeUrls.cluster,
      name: customName(localClusterJson, ClusterSchema) || localAppCluster,
      origin: at(localClusterJson, 'envoy_local_cluster_json', 'Proxy'),
    },
  ];
}

/** The rules of a service stand in its entry; where only those for all services are left, in the entry of `*`. */
function authorizationOrigin({ rules }: ProxySnapshot): NamedOrigin[] {
  const [first] = rules.rules;
  if (first === undefined) return [];
  const origin = { kind: 'service-intentions', name: first.intention.destination, path: '' };
  return [{ type: typeUrls.extensionConfig, name: intentionsFilter, origin }];
}

function upstreamOrigins(
  snapshot: ProxySnapshot,
  upstream: UpstreamSnapshot,
  position: number,
): NamedOrigin[] {
  const { listener, cluster } = upstreamNames(snapshot, upstream);
  const { listenerJson, clusterJson } = upstream.config;
  const path = `Proxy.Upstreams[${position}]`;
  const at = (custom: string | undefined, key: string): ResourceOrigin =>
    registration(snapshot.proxyId, custom === undefined ? path : `${path}.Config.${key}`);
  return [
    { type: typeUrls.cluster, name: cluster, origin: at(clusterJson, 'envoy_cluster_json') },
    { type: typeUrls.endpoints, name: cluster, origin: at(undefined, '') },
    { type: typeUrls.listener, name: listener, origin: at(listenerJson, 'envoy_listener_json') },
  ];
}

function registration(proxyId: string, path: string): ResourceOrigin {
  return { kind: 'service', name: proxyId, path };
}

function key(typeUrl: string, name: string): string {
  return `${typeUrl}\0${name}`;
}
