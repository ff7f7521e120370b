import { create, type DescMessage, type MessageShape } from '@bufbuild/protobuf';
import { duration, encode, type ResourceTypeUrl, typeUrls } from '@chancery/envoy-api';
import {
  Cluster_DiscoveryType,
  ClusterSchema,
} from '@chancery/envoy-api/envoy/config/cluster/v3/cluster';
import { ClusterLoadAssignmentSchema } from '@chancery/envoy-api/envoy/config/endpoint/v3/endpoint';
import { ListenerSchema } from '@chancery/envoy-api/envoy/config/listener/v3/listener';
import type { Resource } from '@chancery/xds-server';

/** The clusters of each proxy. */
export const upstreams: readonly string[] = ['a', 'b', 'c', 'd', 'e'];

/** What each proxy has: a listener, and clusters with their endpoints. */
export function meshResources(): readonly Resource[] {
  const listener = create(ListenerSchema, { name: 'in' });
  return [
    ...upstreams.flatMap((name) => [clusterOf(name), endpointsOf(name, 80)]),
    resource(typeUrls.listener, 'in', ListenerSchema, listener),
  ];
}

function clusterOf(name: string): Resource {
  const cluster = create(ClusterSchema, {
    name,
    connectTimeout: duration(5000),
    clusterDiscoveryType: { case: 'type', value: Cluster_DiscoveryType.EDS },
  });
  return resource(typeUrls.cluster, name, ClusterSchema, cluster);
}

/** The endpoints of a cluster: one, at a port. */
export function endpointsOf(name: string, portValue: number): Resource {
  const socketAddress = {
    address: '10.0.0.1',
    portSpecifier: { case: 'portValue', value: portValue } as const,
  };
  const endpoint = {
    address: { address: { case: 'socketAddress', value: socketAddress } as const },
  };
  const assignment = create(ClusterLoadAssignmentSchema, {
    clusterName: name,
    endpoints: [{ lbEndpoints: [{ hostIdentifier: { case: 'endpoint', value: endpoint } }] }],
  });
  return resource(typeUrls.endpoints, name, ClusterLoadAssignmentSchema, assignment);
}

function resource<Desc extends DescMessage>(
  typeUrl: ResourceTypeUrl,
  name: string,
  schema: Desc,
  message: MessageShape<Desc>,
): Resource {
  const body = encode(schema, message);
  return { typeUrl, name, hash: Buffer.from(body).toString('hex'), body };
}
