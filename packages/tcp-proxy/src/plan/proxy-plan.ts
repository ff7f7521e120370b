import type { AccessRules } from '../rules/access-rules.ts';
import type {
  ClusterResource,
  Endpoint,
  LeafResource,
  ListenerResource,
  Place,
  RootsResource,
  TlsNames,
} from './resources.ts';

/** All that a proxy is to do now: plain values, in which nothing is named any more. */
export interface ProxyPlan {
  readonly listeners: readonly PlannedListener[];
  /** Listeners that must not accept yet, and what they wait for. */
  readonly waiting: readonly WaitingListener[];
}

/** A listener with everything it needs. */
export interface PlannedListener {
  readonly name: string;
  readonly place: Place;
  readonly tls?: PlannedTls;
  /** What a new connection has to pass, in this order. */
  readonly filters: readonly PlannedFilter[];
  readonly cluster: PlannedCluster;
  /** 0 for none. */
  readonly idleTimeoutMs: number;
}

/** What a new connection has to pass. */
export type PlannedFilter =
  | { readonly kind: 'rules'; readonly rules: AccessRules }
  | { readonly kind: 'connection-limit'; readonly maxConnections: number };

/** Mutual TLS with its certificates. */
export interface PlannedTls extends Pick<TlsNames, 'minVersion' | 'maxVersion' | 'identities'> {
  readonly leaf: LeafResource;
  readonly roots: RootsResource;
}

/** A cluster with its endpoints. */
export interface PlannedCluster
  extends Pick<ClusterResource, 'name' | 'policy' | 'connectTimeoutMs' | 'maxConnections'> {
  readonly endpoints: readonly Endpoint[];
  readonly tls?: PlannedTls & { readonly sni: string };
}

/** A listener that is not complete. */
export interface WaitingListener {
  readonly name: string;
  /** `secret leaf/…`, `cluster local_app`. */
  readonly missing: readonly string[];
}

/** The resources that a proxy has, by name. */
export interface HeldResources {
  readonly listeners: readonly ListenerResource[];
  cluster(name: string): ClusterResource | undefined;
  endpoints(name: string): readonly Endpoint[] | undefined;
  leaf(name: string): LeafResource | undefined;
  roots(name: string): RootsResource | undefined;
  rules(name: string): AccessRules | undefined;
}

/**
 * Puts together what was served in parts. A listener whose certificates, rules, cluster or endpoints are not
 * there is not to accept: closed is safe, open without rules is not.
 */
export function proxyPlan(held: HeldResources): ProxyPlan {
  const listeners: PlannedListener[] = [];
  const waiting: WaitingListener[] = [];
  for (const listener of held.listeners) {
    const missing: string[] = [];
    const planned = plannedListener(listener, held, missing);
    if (planned === undefined) waiting.push({ name: listener.name, missing });
    else listeners.push(planned);
  }
  return { listeners, waiting };
}

function plannedListener(
  listener: ListenerResource,
  held: HeldResources,
  missing: string[],
): PlannedListener | undefined {
  const { name, place, idleTimeoutMs } = listener;
  const tls = listener.tls && plannedTls(listener.tls, held, missing);
  const filters = plannedFilters(listener, held, missing);
  const cluster = plannedCluster(listener.cluster, held, missing);
  if (missing.length > 0 || cluster === undefined) return undefined;
  return { name, place, filters, cluster, idleTimeoutMs, ...(tls !== undefined && { tls }) };
}

function plannedFilters(
  { filters }: ListenerResource,
  held: HeldResources,
  missing: string[],
): readonly PlannedFilter[] {
  return filters.flatMap((filter): PlannedFilter[] => {
    if (filter.kind !== 'rules-by-name') return [filter];
    const rules = held.rules(filter.name);
    if (rules !== undefined) return [{ kind: 'rules', rules }];
    missing.push(`extension config ${filter.name}`);
    return [];
  });
}

function plannedCluster(
  name: string,
  held: HeldResources,
  missing: string[],
): PlannedCluster | undefined {
  const cluster = held.cluster(name);
  if (cluster === undefined) {
    missing.push(`cluster ${name}`);
    return undefined;
  }
  const { policy, connectTimeoutMs, maxConnections } = cluster;
  const endpoints = endpointsOf(cluster, held, missing);
  const tls = cluster.tls && plannedTls(cluster.tls, held, missing);
  const planned = { name, endpoints, policy, connectTimeoutMs, maxConnections };
  return tls === undefined ? planned : { ...planned, tls: { ...tls, sni: cluster.tls?.sni ?? '' } };
}

function endpointsOf(
  { endpoints }: ClusterResource,
  held: HeldResources,
  missing: string[],
): readonly Endpoint[] {
  if (!('name' in endpoints)) return endpoints;
  const assigned = held.endpoints(endpoints.name);
  if (assigned === undefined) missing.push(`endpoints ${endpoints.name}`);
  return assigned ?? [];
}

function plannedTls(
  names: TlsNames,
  held: HeldResources,
  missing: string[],
): PlannedTls | undefined {
  const leaf = held.leaf(names.leaf);
  const roots = held.roots(names.roots);
  if (leaf === undefined) missing.push(`secret ${names.leaf}`);
  if (roots === undefined) missing.push(`secret ${names.roots}`);
  if (leaf === undefined || roots === undefined) return undefined;
  const { minVersion, maxVersion, identities } = names;
  return { leaf, roots, minVersion, maxVersion, identities };
}
