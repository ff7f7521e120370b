import type { TypeName } from './proxies/proxy-source.ts';

const names: Readonly<Record<string, TypeName>> = {
  Cluster: 'cds',
  ClusterLoadAssignment: 'eds',
  Listener: 'lds',
  RouteConfiguration: 'rds',
  Secret: 'sds',
  TypedExtensionConfig: 'ecds',
};

/** The short name of a resource type by its URL; the URL itself of one that is not served. */
export function resourceTypeName(typeUrl: string): string {
  return names[typeUrl.slice(typeUrl.lastIndexOf('.') + 1)] ?? typeUrl;
}
