import {
  type CheckRow,
  checksOnNode,
  type InstanceRow,
  instancesOnNode,
  type NodeRow,
  nodeList,
  nodeNamed,
} from '@chancery/catalog';
import { defineQuery, type Query, type View } from '@chancery/store';
import { nodeService } from '../json/catalog-json.ts';
import { healthCheck } from '../json/check-json.ts';
import { uiNodeShape } from '../json/health-entry-shape.ts';
import { failure, json, type Reply } from '../reply.ts';
import { type ApiRequest, listing, type Reading, type Route, reading } from '../route.ts';

/** Nodes with all that is on them. */
export const uiNodeRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/internal/ui/nodes',
    right: 'node:read',
    blocking: 'index',
    read: () =>
      listing(everyFullNode, '', {
        records: (nodes) => nodes.map(fullNodeJson),
        shape: uiNodeShape,
      }),
  },
  {
    method: 'GET',
    path: '/v1/internal/ui/node/*',
    right: 'node:read',
    blocking: 'index',
    read: (_api, request) => oneNode(request),
  },
];

const unknownNode: Reply = { kind: 'text', status: 404, text: '' };

function oneNode({ params: { '*': name = '' } }: ApiRequest): Reading | Reply {
  if (name === '') return failure(400, 'Missing node name');
  return reading(fullNode, name, (found) =>
    found === undefined ? unknownNode : json(fullNodeJson(found)),
  );
}

interface FullNode {
  readonly row: NodeRow;
  readonly instances: readonly InstanceRow[];
  readonly checks: readonly CheckRow[];
}

const fullNode: Query<string, FullNode | undefined> = defineQuery<string, FullNode | undefined>({
  name: 'httpApi.fullNode',
  evaluate: (view, name) => {
    const row = view.query(nodeNamed, name);
    return row && withAllOnIt(view, row);
  },
});

const everyFullNode: Query<'', readonly FullNode[]> = defineQuery<'', readonly FullNode[]>({
  name: 'httpApi.everyFullNode',
  evaluate: (view) => view.query(nodeList, '').map((row) => withAllOnIt(view, row)),
});

function withAllOnIt(view: View, row: NodeRow): FullNode {
  const { node: name } = row.node;
  return {
    row,
    instances: view.query(instancesOnNode, name),
    checks: view.query(checksOnNode, name),
  };
}

function fullNodeJson({ row: { node }, instances, checks }: FullNode): object {
  return {
    ID: node.id,
    Node: node.node,
    Address: node.address,
    TaggedAddresses: node.taggedAddresses,
    Meta: node.meta,
    Services: instances.map(nodeService),
    Checks: checks.map(healthCheck),
  };
}
