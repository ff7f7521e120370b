/** The short names of the types of resources that are served, in the order in which a proxy's are told. */
export const typeNames = ['cds', 'eds', 'lds', 'rds', 'sds', 'ecds'] as const;

/** A type of resources by the name that people call it by. */
export type TypeName = (typeof typeNames)[number];

const ofMessages: Readonly<Record<string, TypeName>> = {
  Cluster: 'cds',
  ClusterLoadAssignment: 'eds',
  Listener: 'lds',
  RouteConfiguration: 'rds',
  Secret: 'sds',
  TypedExtensionConfig: 'ecds',
};

/** The short name of a resource type by its URL; the URL itself of one that is not served. */
export function typeNameOf(typeUrl: string): string {
  return ofMessages[typeUrl.slice(typeUrl.lastIndexOf('.') + 1)] ?? typeUrl;
}
