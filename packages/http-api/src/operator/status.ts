import type { HttpApiDependencies } from '../dependencies.ts';
import { json } from '../reply.ts';
import type { Route } from '../route.ts';

/** What tools ask to see whether there is an agent. */
export const statusRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/status/leader',
    right: 'anyone',
    blocking: 'none',
    answer: (api) => json(ownAddress(api)),
  },
  {
    method: 'GET',
    path: '/v1/status/peers',
    right: 'anyone',
    blocking: 'none',
    answer: (api) => json([ownAddress(api)]),
  },
];

/** There is no server port here: an agent is where its HTTP API is. */
function ownAddress({ node, ports }: HttpApiDependencies): string {
  const host = node.address.includes(':') ? `[${node.address}]` : node.address;
  return `${host}:${ports().http}`;
}
