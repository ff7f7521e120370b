import type { ClusterLoadAssignment } from '@chancery/envoy-api/envoy/config/endpoint/v3/endpoint';
import { isIpAddress } from '@chancery/model';
import type { Endpoint, TargetEndpoints } from '@chancery/snapshot';
import { socketAddress } from './address.ts';
import { loadAssignment } from './load-assignment.ts';
import type { Diagnostic } from './resource.ts';

/**
 * Where the target of an upstream can be reached. An endpoint without weight gets no traffic, so it is
 * left out; so is one that is no IP address, since Envoy would refuse the others with it.
 */
export function targetEndpoints(
  clusterName: string,
  target: TargetEndpoints,
): { assignment: ClusterLoadAssignment; diagnostics: readonly Diagnostic[] } {
  const weighted = target.endpoints.filter(({ weight }) => weight > 0).sort(byPlace);
  const usable = weighted.filter(({ address }) => isIpAddress(address));
  const unusable = weighted.filter(({ address }) => !isIpAddress(address));
  const addresses = usable.map(({ address, port, weight }) => ({
    address: socketAddress(address, port),
    weight,
  }));
  return {
    assignment: loadAssignment(clusterName, addresses),
    diagnostics: unusable.map((endpoint) => notAnAddress(clusterName, endpoint)),
  };
}

function notAnAddress(resource: string, { address, port }: Endpoint): Diagnostic {
  const message = `${address}:${port} is left out: Envoy takes only IP addresses for endpoints`;
  return { code: 'endpoint-not-an-ip-address', resource, message };
}

function byPlace(a: Endpoint, b: Endpoint): number {
  if (a.address !== b.address) return a.address < b.address ? -1 : 1;
  return a.port - b.port || a.weight - b.weight;
}
