import { defineQuery, type Query } from '@chancery/store';
import { done, failure, json } from '../reply.ts';
import { type Route, reading } from '../route.ts';

/** Other clusters that this one is linked to: none, and none can be added yet. */
export const peeringRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/peerings',
    right: 'peering:read',
    blocking: 'index',
    read: () => reading(noPeerings, '', (none) => json(none)),
  },
  {
    method: 'GET',
    path: '/v1/peering/*',
    right: 'peering:read',
    blocking: 'none',
    answer: (_api, { params: { '*': name = '' } }) =>
      name === ''
        ? failure(400, 'Must specify a name to fetch.')
        : failure(404, `Peering not found for ${JSON.stringify(name)}`),
  },
  {
    method: 'DELETE',
    path: '/v1/peering/*',
    right: 'peering:write',
    blocking: 'none',
    // What is to go is not there, as in Consul after a deletion.
    answer: (_api, { params: { '*': name = '' } }) =>
      name === '' ? failure(400, 'Must specify a name to fetch.') : done,
  },
];

const noPeerings: Query<'', readonly object[]> = defineQuery<'', readonly object[]>({
  name: 'httpApi.noPeerings',
  evaluate: () => [],
});
