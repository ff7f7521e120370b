/**
 * The messages that are written as TypeScript, with all they are made of. Import time grows with this
 * list, so it holds what the control plane builds or reads itself; whatever else may stand in a user's
 * JSON is in the descriptor set.
 */
export const typescriptRoots: readonly string[] = [
  'envoy.service.discovery.v3.AggregatedDiscoveryService',
  'envoy.service.discovery.v3.DiscoveryRequest',
  'envoy.service.discovery.v3.DiscoveryResponse',
  'envoy.service.discovery.v3.DeltaDiscoveryRequest',
  'envoy.service.discovery.v3.DeltaDiscoveryResponse',
  'envoy.service.load_stats.v3.LoadStatsRequest',
  'envoy.service.load_stats.v3.LoadStatsResponse',
  'envoy.config.listener.v3.Listener',
  'envoy.config.cluster.v3.Cluster',
  'envoy.config.endpoint.v3.ClusterLoadAssignment',
  'envoy.config.route.v3.RouteConfiguration',
  'envoy.config.core.v3.TypedExtensionConfig',
  'envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext',
  'envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext',
  'envoy.extensions.transport_sockets.tls.v3.Secret',
  'envoy.extensions.filters.network.rbac.v3.RBAC',
  'envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy',
  'envoy.extensions.filters.network.connection_limit.v3.ConnectionLimit',
  'envoy.extensions.access_loggers.file.v3.FileAccessLog',
  'envoy.extensions.access_loggers.stream.v3.StdoutAccessLog',
  'envoy.extensions.access_loggers.stream.v3.StderrAccessLog',
];

/** Annotations for other tools. They say nothing about the wire, and leaving them out halves the import time. */
export const annotationPackages: readonly string[] = [
  'validate',
  'udpa.annotations',
  'xds.annotations',
  'envoy.annotations',
];

/** Whether a proto file is in the descriptor set for its own sake: all that Envoy's v3 configuration is made of, and the services that the agent answers. */
export function isDescriptorRoot(protoPath: string): boolean {
  return (
    /^envoy\/(config|extensions)\/.*\/v3\/[^/]+\.proto$/.test(protoPath) ||
    protoPath.startsWith('envoy/service/discovery/v3/') ||
    protoPath.startsWith('envoy/service/load_stats/v3/')
  );
}
