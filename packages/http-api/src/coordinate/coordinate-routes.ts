import {
  coordinateList,
  coordinateOf,
  type NodeCoordinate,
  origin,
  updateCoordinate,
} from '@chancery/catalog';
import { committed } from '../committed.ts';
import type { HttpApiDependencies } from '../dependencies.ts';
import { coordinateEntry } from '../json/coordinate-json.ts';
import { done, json, type Reply } from '../reply.ts';
import { type ApiRequest, type Reading, type Route, reading } from '../route.ts';
import { decodeCoordinate } from './coordinate-body.ts';

/** Where nodes stand in the network, for who wants to know how far apart they are. */
export const coordinateRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/coordinate/datacenters',
    right: 'anyone',
    blocking: 'none',
    answer: (api) => json([datacenterOf(api)]),
  },
  {
    method: 'GET',
    path: '/v1/coordinate/nodes',
    right: 'node:read',
    blocking: 'index',
    read: (_api, { query }) => reading(coordinateList, '', (rows) => json(inSegment(rows, query))),
  },
  {
    method: 'GET',
    path: '/v1/coordinate/node/*',
    right: 'node:read',
    blocking: 'index',
    read: (_api, { params: { '*': node = '' }, query }): Reading =>
      reading(coordinateOf, node, (row) => {
        const entries = inSegment(row === undefined ? [] : [row], query);
        return entries.length > 0 ? json(entries) : unplaced;
      }),
  },
  {
    method: 'PUT',
    path: '/v1/coordinate/update',
    right: 'node:write',
    blocking: 'none',
    answer: update,
  },
];

const unplaced: Reply = { kind: 'text', status: 404, text: '' };

/** Datacenters are as far apart as their servers, of which this agent is the only one here. */
function datacenterOf({ store, node, datacenter }: HttpApiDependencies): object {
  const coordinate = store.read(coordinateOf, node.name).value?.coordinate ?? origin;
  const entry = coordinateEntry({ node: node.name, coordinate });
  return { Datacenter: datacenter, AreaID: 'wan', Coordinates: [entry] };
}

/** There is one network segment, without a name. */
function inSegment(rows: readonly NodeCoordinate[], query: URLSearchParams): readonly object[] {
  return (query.get('segment') ?? '') === '' ? rows.map(coordinateEntry) : [];
}

async function update(api: HttpApiDependencies, request: ApiRequest): Promise<Reply> {
  const body = await request.body();
  if (!body.ok) return body.reply;
  const decoded = decodeCoordinate(body.value);
  if (!decoded.ok) return decoded.reply;
  const outcome = await api.store.commit(updateCoordinate, decoded.value, request.by);
  return committed(outcome, ({ known }) =>
    known ? done : { ...done, warnings: [`There is no node "${decoded.value.node}" yet`] },
  );
}
