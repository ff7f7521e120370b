import type { ClusterResource, ListenerResource, TlsNames } from './resources.ts';

/** Names of what has to be asked for, because something that was served refers to it. */
export interface NamedResources {
  readonly endpoints: ReadonlySet<string>;
  readonly secrets: ReadonlySet<string>;
  readonly extensionConfigs: ReadonlySet<string>;
}

/** What listeners and clusters refer to by name. */
export function namedResources(
  listeners: readonly ListenerResource[],
  clusters: readonly ClusterResource[],
): NamedResources {
  return {
    endpoints: new Set(clusters.flatMap(endpointsName)),
    secrets: new Set([...listeners, ...clusters].flatMap(({ tls }) => secretNames(tls))),
    extensionConfigs: new Set(listeners.flatMap(rulesNames)),
  };
}

function endpointsName({ endpoints }: ClusterResource): readonly string[] {
  return 'name' in endpoints ? [endpoints.name] : [];
}

function secretNames(tls: TlsNames | undefined): readonly string[] {
  return tls === undefined ? [] : [tls.leaf, tls.roots];
}

function rulesNames({ filters }: ListenerResource): readonly string[] {
  return filters.flatMap((filter) => (filter.kind === 'rules-by-name' ? [filter.name] : []));
}
