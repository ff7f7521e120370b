import type { RBAC } from '@chancery/envoy-api/envoy/config/rbac/v3/rbac';
import { denies } from './policy.ts';

/** What a sidecar is to have. */
export type Expectation =
  | {
      readonly kind: 'endpoints';
      /** The upstream of which the endpoints are compared. */
      readonly service: string;
      /** In order. */
      readonly addresses: readonly string[];
    }
  | {
      readonly kind: 'verdict';
      /** The service that connects. */
      readonly source: string;
      readonly denied: boolean;
    };

/** What a check of an expectation needs to know of a sidecar. */
export interface Configured {
  /** Addresses that may be given traffic, by the name of the cluster. */
  readonly endpoints: ReadonlyMap<string, readonly string[]>;
  /** What decides about connections to its own service. */
  readonly policies: readonly RBAC[];
}

const clusterName = /^(?<service>[^.]+)\.default\.(?<datacenter>[^.]+)\.internal\.(?<domain>.+)$/;

/** Whether a sidecar has what it is to have. */
export function isMet(expectation: Expectation, { endpoints, policies }: Configured): boolean {
  if (expectation.kind === 'endpoints') {
    const wanted = expectation.addresses.join();
    return [...endpoints].some(
      ([cluster, addresses]) =>
        cluster.startsWith(`${expectation.service}.`) && addresses.join() === wanted,
    );
  }
  const [cluster = ''] = endpoints.keys();
  const { datacenter, domain } = clusterName.exec(cluster)?.groups ?? {};
  const id = `spiffe://${domain}/ns/default/dc/${datacenter}/svc/${expectation.source}`;
  return denies(policies, id) === expectation.denied;
}
