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
import type { HttpApiDependencies } from '../dependencies.ts';
import { catalogNode, catalogService, nodeService } from '../json/catalog-json.ts';
import { nodeShape } from '../json/node-shape.ts';
import { catalogServiceShape, nodeServiceShape } from '../json/service-shape.ts';
import { failure, json, type Reply } from '../reply.ts';
import { type ByNode, byNode, listingByNode } from '../request/by-node.ts';
import { hasNodeMeta, hasTags } from '../request/narrowing.ts';
import {
  type ApiRequest,
  consistentRead,
  listing,
  type Reading,
  type Route,
  reading,
} from '../route.ts';

const cacheable = { cached: 'when asked' } as const;

/** What the datacenter knows: nodes and the instances on them. */
export const catalogReadRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/catalog/datacenters',
    right: 'anyone',
    blocking: 'none',
    answer: ({ datacenter }) => json([datacenter]),
  },
  consistentRead('/v1/catalog/nodes', 'node:read', (...asked) =>
    listingByNode(nodesByNode, '', asked, {
      records: (rows) => rows.map(catalogNode),
      shape: nodeShape,
    }),
  ),
  consistentRead('/v1/catalog/services', 'service:read', servicesByName, cacheable),
  consistentRead(
    '/v1/catalog/service/*',
    'service:read',
    (...asked) => instancesNamed(asked, instancesByNode),
    cacheable,
  ),
  consistentRead(
    '/v1/catalog/connect/*',
    'service:read',
    (...asked) => instancesNamed(asked, connectInstancesByNode),
    cacheable,
  ),
  consistentRead('/v1/catalog/node/*', 'node:read', (request) =>
    servicesOf(request, (left, found) => found && nodeWith(found, byId(left))),
  ),
  consistentRead('/v1/catalog/node-services/*', 'node:read', (request) =>
    servicesOf(request, (left, found) =>
      found === null ? { Node: null, Services: null } : nodeWith(found, left),
    ),
  ),
];

const nodesByNode = byNode(nodeList, ({ node }) => node.node);
const instancesByNode = byNode(instancesOf, ({ node }) => node);
const connectInstancesByNode = byNode(connectInstancesOf, ({ node }) => node);

function instancesNamed(
  asked: readonly [ApiRequest, HttpApiDependencies],
  of: ByNode<string, InstanceRow>,
): Reading | Reply {
  const [{ params, query }] = asked;
  const { '*': name = '' } = params;
  if (name === '') return failure(400, 'Missing service name');
  return listingByNode(of, serviceKey(serviceRef(name)), asked, {
    records: (rows) =>
      rows.filter(({ service }) => hasTags(service.tags, query)).map(catalogService),
    shape: catalogServiceShape,
  });
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

type NodeService = ReturnType<typeof nodeService>;

function servicesOf(
  { params: { '*': name = '' } }: ApiRequest,
  shown: (left: readonly NodeService[], found: WholeNode | null) => unknown,
): Reading | Reply {
  if (name === '') return failure(400, 'Missing node name');
  return listing(wholeNode, name, { records: servicesOn, shape: nodeServiceShape, shown });
}

function servicesOn(found: WholeNode | null): readonly NodeService[] {
  return found === null ? [] : found.instances.map(nodeService);
}

function nodeWith({ node }: WholeNode, services: unknown): object {
  return { Node: catalogNode(node), Services: services };
}

function byId(services: readonly NodeService[]): object {
  return Object.fromEntries(services.map((service) => [service.ID, service]));
}

/** The instances on nodes with some metadata, by its pairs as JSON. What is on other nodes is not looked at. */
const instancesAmong: Query<string, readonly InstanceRow[]> = defineQuery<
  string,
  readonly InstanceRow[]
>({
  name: 'httpApi.instancesAmong',
  evaluate: (view, pairs) => {
    const nodeMeta = JSON.parse(pairs) as readonly string[];
    const among = view.query(nodeList, '').filter(({ node }) => hasNodeMeta(node.meta, nodeMeta));
    return among.flatMap(({ node }) => view.query(instancesOnNode, node.node));
  },
});

/** Names are counted of all instances, unless only some of these are asked for. */
function servicesByName({ query }: ApiRequest): Reading {
  const nodeMeta = query.getAll('node-meta');
  if ((query.get('filter') ?? '') === '' && nodeMeta.length === 0) {
    return reading(serviceNames, '', (names) =>
      json(Object.fromEntries(names.map(({ name, tags }) => [name, tags]))),
    );
  }
  return listing(instancesAmong, JSON.stringify(nodeMeta), {
    records: (rows) => rows.map(catalogService),
    shape: catalogServiceShape,
    shown: tagsByName,
  });
}

function tagsByName(services: readonly ReturnType<typeof catalogService>[]): object {
  const byName = Map.groupBy(services, ({ ServiceName: name }) => name);
  const entries = [...byName].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    entries.map(([name, of]) => [
      name,
      [...new Set(of.flatMap(({ ServiceTags: tags }) => tags))].sort(),
    ]),
  );
}
