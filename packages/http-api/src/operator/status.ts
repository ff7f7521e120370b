import { json } from '../reply.ts';
import type { Route } from '../route.ts';
import { ownAddress } from './own-address.ts';

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
