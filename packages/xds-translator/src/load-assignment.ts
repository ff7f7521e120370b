import { create } from '@bufbuild/protobuf';
import type { Address } from '@chancery/envoy-api/envoy/config/core/v3/address';
import {
  type ClusterLoadAssignment,
  ClusterLoadAssignmentSchema,
} from '@chancery/envoy-api/envoy/config/endpoint/v3/endpoint';
import {
  type LbEndpoint,
  LbEndpointSchema,
} from '@chancery/envoy-api/envoy/config/endpoint/v3/endpoint_components';

/** One place where a cluster can be reached, with its share of the traffic where shares differ. */
export interface WeightedAddress {
  readonly address: Address;
  readonly weight?: number;
}

/** The endpoints of a cluster, all in one locality. An empty list is an answer too: nobody can be reached. */
export function loadAssignment(
  clusterName: string,
  addresses: readonly WeightedAddress[],
): ClusterLoadAssignment {
  const lbEndpoints = addresses.map(lbEndpoint);
  return create(ClusterLoadAssignmentSchema, {
    clusterName,
    endpoints: lbEndpoints.length === 0 ? [] : [{ lbEndpoints }],
  });
}

function lbEndpoint({ address, weight }: WeightedAddress): LbEndpoint {
  return create(LbEndpointSchema, {
    hostIdentifier: { case: 'endpoint', value: { address } },
    ...(weight === undefined ? {} : { loadBalancingWeight: weight }),
  });
}
