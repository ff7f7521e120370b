import type { HttpApiDependencies } from '../dependencies.ts';
import { failure, json } from '../reply.ts';
import type { Route } from '../route.ts';

/** What tools ask to see whether there is an agent, and what it must not pretend to have. */
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
  {
    method: 'GET',
    path: '/v1/acl/token/self',
    right: 'anyone',
    blocking: 'none',
    answer: () => failure(401, 'ACL support disabled'),
  },
];

/** There is no server port here: an agent is where its HTTP API is. */
function ownAddress({ node, ports }: HttpApiDependencies): string {
  const host = node.address.includes(':') ? `[${node.address}]` : node.address;
  return `${host}:${ports().http}`;
}
