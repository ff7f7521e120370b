import {
  type CheckRow,
  checksInState,
  checksOfService,
  checksOnNode,
  connectHealthInstances,
  type HealthRow,
  healthInstances,
} from '@chancery/catalog';
import { serviceKey, serviceRef } from '@chancery/identity';
import { defineQuery, type Query } from '@chancery/store';
import type { HttpApiDependencies } from '../dependencies.ts';
import { ingressHealthInstances } from '../gateways/gateway-queries.ts';
import { catalogNode, nodeService } from '../json/catalog-json.ts';
import { healthCheck } from '../json/check-json.ts';
import { healthCheckShape } from '../json/check-shape.ts';
import { healthEntryShape } from '../json/health-entry-shape.ts';
import { failure, type Reply } from '../reply.ts';
import { type ByNode, byNode, listingByNode } from '../request/by-node.ts';
import { goBoolean } from '../request/go-boolean.ts';
import { hasTags } from '../request/narrowing.ts';
import { type ApiRequest, consistentRead, listing, type Reading, type Route } from '../route.ts';

type Asked = readonly [ApiRequest, HttpApiDependencies];

const cacheable = { cached: 'when asked' } as const;

/** Checks, and instances with their checks. */
export const healthReadRoutes: readonly Route[] = [
  consistentRead('/v1/health/node/*', 'node:read', (...asked) => {
    const node = nameIn(asked);
    return node === '' ? failure(400, 'Missing node name') : listing(checksOnNode, node, checkList);
  }),
  consistentRead('/v1/health/checks/*', 'service:read', (...asked) => {
    const name = nameIn(asked);
    return name === ''
      ? failure(400, 'Missing service name')
      : listingByNode(checksByNode, serviceKey(serviceRef(name)), asked, checkList);
  }),
  consistentRead('/v1/health/state/*', 'node:read', (...asked) => {
    const state = nameIn(asked);
    if (state === '') return failure(400, 'Missing check state');
    return isState(state)
      ? listingByNode(stateByNode, state, asked, checkList)
      : listing(noChecks, '', checkList);
  }),
  consistentRead(
    '/v1/health/service/*',
    'service:read',
    (...asked) => instances(asked, healthByNode),
    cacheable,
  ),
  consistentRead(
    '/v1/health/connect/*',
    'service:read',
    (...asked) => instances(asked, connectHealthByNode),
    cacheable,
  ),
  consistentRead(
    '/v1/health/ingress/*',
    'service:read',
    (...asked) => instances(asked, ingressHealthByNode),
    cacheable,
  ),
];

const checksByNode = byNode(checksOfService, ({ check }) => check.node);
const stateByNode = byNode(checksInState, ({ check }) => check.node);
const healthByNode = byNode(healthInstances, ({ instance }) => instance.node);
const connectHealthByNode = byNode(connectHealthInstances, ({ instance }) => instance.node);
const ingressHealthByNode = byNode(ingressHealthInstances, ({ instance }) => instance.node);

const checkList = {
  records: (rows: readonly CheckRow[]): readonly object[] => rows.map(healthCheck),
  shape: healthCheckShape,
};

function nameIn([{ params }]: Asked): string {
  return params['*'] ?? '';
}

type State = 'any' | 'passing' | 'warning' | 'critical';

function isState(text: string): text is State {
  return ['any', 'passing', 'warning', 'critical'].includes(text);
}

/** A state that does not exist has no checks, and never will: Consul answers so too. */
const noChecks: Query<'', readonly CheckRow[]> = defineQuery<'', readonly CheckRow[]>({
  name: 'httpApi.noChecks',
  evaluate: () => [],
});

/** What a peer has imported here. There are no peers. */
const noInstances: Query<string, readonly HealthRow[]> = defineQuery<string, readonly HealthRow[]>({
  name: 'httpApi.noInstances',
  evaluate: () => [],
});

function instances(asked: Asked, of: ByNode<string, HealthRow>): Reading | Reply {
  const [{ query }] = asked;
  const name = nameIn(asked);
  if (name === '') return failure(400, 'Missing service name');
  const passing = onlyPassing(query);
  if (passing === undefined) return failure(400, 'Invalid value for ?passing');
  const fits = ({ instance: { service }, checks }: HealthRow): boolean =>
    hasTags(service.tags, query) &&
    (!passing || checks.every(({ state }) => state.status === 'passing'));
  const list = {
    records: (rows: readonly HealthRow[]) => rows.filter(fits).map(entry),
    shape: healthEntryShape,
  };
  if ((query.get('peer') ?? '') !== '') return listing(noInstances, '', list);
  return listingByNode(of, serviceKey(serviceRef(name)), asked, list);
}

/** `?passing` alone means yes; else it is one of Go's booleans. */
function onlyPassing(query: URLSearchParams): boolean | undefined {
  const text = query.get('passing');
  if (text === null) return false;
  return text === '' ? true : goBoolean(text);
}

function entry({ instance, checks }: HealthRow): object {
  return {
    Node: catalogNode(instance.on),
    Service: nodeService(instance),
    Checks: checks.map(healthCheck),
  };
}
