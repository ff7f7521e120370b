import type { HttpApiDependencies } from '../dependencies.ts';

/** Where a server of Consul would be reached by others. There is no such port here: an agent is where its HTTP API is. */
export function ownAddress({ node, ports }: Pick<HttpApiDependencies, 'node' | 'ports'>): string {
  const host = node.address.includes(':') ? `[${node.address}]` : node.address;
  return `${host}:${ports().http}`;
}
