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
import { catalogNode, healthCheck, nodeService } from '../json/catalog-json.ts';
import { failure, json, type Reply } from '../reply.ts';
import { hasNodeMeta, hasTags } from '../request/narrowing.ts';
import { type ApiRequest, consistentRead, type Reading, type Route, reading } from '../route.ts';

/** Checks, and instances with their checks. */
export const healthReadRoutes: readonly Route[] = [
  consistentRead('/v1/health/node/*', 'node:read', ({ params: { '*': node = '' } }) =>
    reading(checksOnNode, node, showChecks),
  ),
  consistentRead('/v1/health/checks/*', 'service:read', ({ params: { '*': name = '' } }) =>
    reading(checksOfService, serviceKey(serviceRef(name)), showChecks),
  ),
  consistentRead('/v1/health/state/*', 'node:read', ({ params: { '*': state = '' } }) =>
    isState(state) ? reading(checksInState, state, showChecks) : reading(noChecks, '', showChecks),
  ),
  consistentRead('/v1/health/service/*', 'service:read', (request) =>
    instances(request, healthInstances),
  ),
  consistentRead('/v1/health/connect/*', 'service:read', (request) =>
    instances(request, connectHealthInstances),
  ),
];

function showChecks(rows: readonly CheckRow[]): Reply {
  return json(rows.map(healthCheck));
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

function instances(
  { params: { '*': name = '' }, query }: ApiRequest,
  of: Query<string, readonly HealthRow[]>,
): Reading | Reply {
  if (name === '') return failure(400, 'Missing service name');
  const passing = onlyPassing(query);
  if (passing === undefined) return failure(400, 'Invalid value for ?passing');
  const fits = ({ instance: { service, on }, checks }: HealthRow): boolean =>
    hasTags(service.tags, query) &&
    hasNodeMeta(on.node.meta, query) &&
    (!passing || checks.every(({ state }) => state.status === 'passing'));
  return reading(of, serviceKey(serviceRef(name)), (rows) => json(rows.filter(fits).map(entry)));
}

/** `?passing` alone means yes; else it is one of Go's booleans. */
function onlyPassing(query: URLSearchParams): boolean | undefined {
  const text = query.get('passing');
  if (text === null) return false;
  if (['', '1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) return true;
  return ['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text) ? false : undefined;
}

function entry({ instance, checks }: HealthRow): object {
  return {
    Node: catalogNode(instance.on),
    Service: nodeService(instance),
    Checks: checks.map(healthCheck),
  };
}
