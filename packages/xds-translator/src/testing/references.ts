import type { JsonObject, JsonValue } from '@bufbuild/protobuf';
import type { Compiled } from '../resource.ts';
import { readable } from './readable.ts';

/** What the resources of a proxy name in each other, and what there is by those names. Both sorted. */
export interface References {
  readonly named: readonly string[];
  readonly present: readonly string[];
}

/** Collects every cluster, assignment, secret and extension config that is named or served. */
export function references({ resources, secrets }: Compiled): References {
  const named = new Set<string>();
  for (const resource of resources) collect(readable(resource), named);
  const served = resources
    .filter(({ typeUrl }) => !typeUrl.endsWith('.Listener'))
    .map(({ typeUrl, name }) => `${typeUrl.slice(typeUrl.lastIndexOf('.') + 1)} ${name}`);
  const present = [...served, ...secrets.map((name) => `Secret ${name}`)];
  return { named: [...named].sort(), present: present.sort() };
}

function collect(value: JsonValue, named: Set<string>): void {
  if (Array.isArray(value)) {
    for (const entry of value) collect(entry, named);
  } else if (typeof value === 'object' && value !== null) {
    const reference = referenceIn(value);
    if (reference !== undefined) named.add(reference);
    for (const entry of Object.values(value)) collect(entry, named);
  }
}

function referenceIn(json: JsonObject): string | undefined {
  const { '@type': type, name } = json;
  if (typeof type === 'string' && type.endsWith('.TcpProxy')) return `Cluster ${json['cluster']}`;
  if ('sds_config' in json) return `Secret ${name}`;
  if ('config_discovery' in json) return `TypedExtensionConfig ${name}`;
  const eds = json['eds_cluster_config'] as JsonObject | undefined;
  return eds && `ClusterLoadAssignment ${eds['service_name'] ?? name}`;
}
