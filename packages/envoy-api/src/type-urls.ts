/** How xDS names the types that are served as resources. */
export const typeUrls = {
  cluster: 'type.googleapis.com/envoy.config.cluster.v3.Cluster',
  endpoints: 'type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment',
  listener: 'type.googleapis.com/envoy.config.listener.v3.Listener',
  routes: 'type.googleapis.com/envoy.config.route.v3.RouteConfiguration',
  secret: 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret',
  extensionConfig: 'type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig',
} as const;

/** A type that is served as a resource. */
export type ResourceTypeUrl = (typeof typeUrls)[keyof typeof typeUrls];

const prefix = 'type.googleapis.com/';

/** The URL under which an `Any` carries a message type. */
export function typeUrlOf(schema: { readonly typeName: string }): string {
  return prefix + schema.typeName;
}
