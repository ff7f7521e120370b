import {
  connectInstancesOf,
  type InstanceRow,
  instancesOf,
  instancesOnNode,
  type NodeRow,
  nodeList,
  nodeNamed,
  serviceNames,
} from '@chancery/catalog';
import { serviceKey, serviceRef } from '@chancery/identity';
import { defineQuery, type Query } from '@chancery/store';
import { catalogNode, catalogService, nodeService } from '../json/catalog-json.ts';
import { failure, json, type Reply } from '../reply.ts';
import { hasNodeMeta, hasTags } from '../request/narrowing.ts';
import { type ApiRequest, consistentRead, type Reading, type Route, reading } from '../route.ts';

/** What the datacenter knows: nodes and the instances on them. */
export const catalogReadRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/catalog/datacenters',
    right: 'anyone',
    blocking: 'none',
    answer: ({ datacenter }) => json([datacenter]),
  },
  consistentRead('/v1/catalog/nodes', 'node:read', ({ query }) =>
    reading(nodeList, '', (rows) =>
      json(rows.filter(({ node }) => hasNodeMeta(node.meta, query)).map(catalogNode)),
    ),
  ),
  consistentRead('/v1/catalog/services', 'service:read', ({ query }) =>
    query.has('node-meta')
      ? reading(everyInstance, '', (rows) => json(tagsByName(rows, query)))
      : reading(serviceNames, '', (names) =>
          json(Object.fromEntries(names.map(({ name, tags }) => [name, tags]))),
        ),
  ),
  consistentRead('/v1/catalog/service/*', 'service:read', (request) =>
    instancesNamed(request, instancesOf),
  ),
  consistentRead('/v1/catalog/connect/*', 'service:read', (request) =>
    instancesNamed(request, connectInstancesOf),
  ),
  consistentRead('/v1/catalog/node/*', 'node:read', ({ params: { '*': name = '' } }) =>
    reading(wholeNode, name, (found) => json(found && nodeWith(found, servicesById(found)))),
  ),
  consistentRead('/v1/catalog/node-services/*', 'node:read', ({ params: { '*': name = '' } }) =>
    reading(wholeNode, name, (found) =>
      json(
        found === null
          ? { Node: null, Services: null }
          : nodeWith(found, found.instances.map(nodeService)),
      ),
    ),
  ),
];

function instancesNamed(
  { params: { '*': name = '' }, query }: ApiRequest,
  of: Query<string, readonly InstanceRow[]>,
): Reading | Reply {
  if (name === '') return failure(400, 'Missing service name');
  const fits = ({ service, on }: InstanceRow): boolean =>
    hasTags(service.tags, query) && hasNodeMeta(on.node.meta, query);
  return reading(of, serviceKey(serviceRef(name)), (rows) =>
    json(rows.filter(fits).map(catalogService)),
  );
}

interface WholeNode {
  readonly node: NodeRow;
  readonly instances: readonly InstanceRow[];
}

const wholeNode: Query<string, WholeNode | null> = defineQuery<string, WholeNode | null>({
  name: 'httpApi.wholeNode',
  evaluate: (view, name) => {
    const node = view.query(nodeNamed, name);
    return node === undefined ? null : { node, instances: view.query(instancesOnNode, name) };
  },
});

const everyInstance: Query<'', readonly InstanceRow[]> = defineQuery<'', readonly InstanceRow[]>({
  name: 'httpApi.everyInstance',
  evaluate: (view) =>
    view.query(nodeList, '').flatMap(({ node }) => view.query(instancesOnNode, node.node)),
});

function nodeWith({ node }: WholeNode, services: unknown): object {
  return { Node: catalogNode(node), Services: services };
}

function servicesById(found: WholeNode | null): object {
  const rows = found?.instances ?? [];
  return Object.fromEntries(rows.map((row) => [row.service.id, nodeService(row)]));
}

function tagsByName(rows: readonly InstanceRow[], query: URLSearchParams): object {
  const fitting = rows.filter(({ on }) => hasNodeMeta(on.node.meta, query));
  const byName = Map.groupBy(fitting, ({ service }) => service.name);
  const entries = [...byName].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    entries.map(([name, of]) => [
      name,
      [...new Set(of.flatMap(({ service }) => service.tags))].sort(),
    ]),
  );
}
