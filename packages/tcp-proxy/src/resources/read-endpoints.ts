import { HealthStatus } from '@chancery/envoy-api/envoy/config/core/v3/health_check';
import {
  type ClusterLoadAssignment,
  ClusterLoadAssignmentSchema,
} from '@chancery/envoy-api/envoy/config/endpoint/v3/endpoint';
import {
  EndpointSchema,
  type LbEndpoint,
  LbEndpointSchema,
  type LocalityLbEndpoints,
  LocalityLbEndpointsSchema,
} from '@chancery/envoy-api/envoy/config/endpoint/v3/endpoint_components';
import type { AssignmentResource, Endpoint } from '../plan/resources.ts';
import { type HostKind, readPlace } from './read-place.ts';
import { below, type Reading, refuse, understood } from './reading.ts';
import { decode } from './typed-config.ts';

/** Reads the endpoints of a cluster that come by themselves. */
export function readAssignment(at: Reading, bytes: Uint8Array): AssignmentResource | undefined {
  const message = decode(at, ClusterLoadAssignmentSchema, bytes);
  if (message === undefined) return undefined;
  const endpoints = readEndpoints(at, message, 'ip');
  return { kind: 'assignment', name: message.clusterName, endpoints };
}

/** Reads endpoints and leaves out those that are not healthy. */
export function readEndpoints(
  at: Reading,
  message: ClusterLoadAssignment,
  hosts: HostKind,
): readonly Endpoint[] {
  understood(at, ClusterLoadAssignmentSchema, message, ['clusterName', 'endpoints']);
  return message.endpoints.flatMap((locality, index) =>
    readLocality(below(at, 'endpoints', index), locality, hosts),
  );
}

function readLocality(
  at: Reading,
  message: LocalityLbEndpoints,
  hosts: HostKind,
): readonly Endpoint[] {
  // Where an endpoint is, and what a locality weighs, counts only for policies that are refused.
  const fields = ['locality', 'lbEndpoints', 'loadBalancingWeight'];
  understood(at, LocalityLbEndpointsSchema, message, fields);
  return message.lbEndpoints.flatMap(
    (endpoint, index) => readEndpoint(below(at, 'lb_endpoints', index), endpoint, hosts) ?? [],
  );
}

function readEndpoint(at: Reading, message: LbEndpoint, hosts: HostKind): Endpoint | undefined {
  understood(at, LbEndpointSchema, message, ['endpoint', 'healthStatus', 'loadBalancingWeight']);
  const { case: kind, value } = message.hostIdentifier;
  const inside = below(at, 'endpoint');
  if (kind !== 'endpoint') return refuse(inside, 'is missing');
  understood(inside, EndpointSchema, value, ['address', 'hostname']);
  const place = readPlace(below(inside, 'address'), value.address, hosts);
  const { loadBalancingWeight: weight = 1 } = message;
  if (weight < 1) refuse(below(at, 'load_balancing_weight'), 'must be at least 1');
  return place && isHealthy(message.healthStatus) ? { place, weight } : undefined;
}

function isHealthy(status: HealthStatus): boolean {
  return status === HealthStatus.UNKNOWN || status === HealthStatus.HEALTHY;
}
