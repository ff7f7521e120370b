/**
 * A cluster for `envoy_local_cluster_json` that reads well and that Envoy refuses all the same: a name wants another
 * type of cluster.
 */
export const refusedCluster: string = JSON.stringify({
  '@type': 'type.googleapis.com/envoy.config.cluster.v3.Cluster',
  name: 'local_app',
  type: 'STATIC',
  connect_timeout: '5s',
  load_assignment: {
    cluster_name: 'local_app',
    endpoints: [
      {
        lb_endpoints: [
          { endpoint: { address: { socket_address: { address: 'some.host', port_value: 5 } } } },
        ],
      },
    ],
  },
});

/** The place in it that Envoy refuses. */
export const refusedClusterPath =
  'load_assignment.endpoints[0].lb_endpoints[0].endpoint.address.socket_address.address';
