import { type CheckRow, checksOfInstance, instanceKey, instancesOnNode } from '@chancery/catalog';
import type { CheckStatus, Service } from '@chancery/model';
import type { HttpApiDependencies } from '../dependencies.ts';
import { agentHealthCheck } from '../json/check-json.ts';
import { agentService } from '../json/service-json.ts';
import { failure, json, type Reply } from '../reply.ts';
import { headerText } from '../request/header-text.ts';
import type { ApiRequest, Route } from '../route.ts';

/** Health as a status code, for load balancers that understand nothing else. */
export const agentHealthRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/agent/health/service/id/*',
    right: 'service:read',
    blocking: 'none',
    answer: byId,
  },
  {
    method: 'GET',
    path: '/v1/agent/health/service/name/*',
    right: 'service:read',
    blocking: 'none',
    answer: byName,
  },
];

/** The health of a service in a word. */
type Health = CheckStatus | 'maintenance';

/** From best to worst. */
const statusCodes: Readonly<Record<Health, number>> = {
  passing: 200,
  warning: 429,
  critical: 503,
  maintenance: 503,
};

interface Healthy {
  readonly service: Service;
  readonly status: Health;
  readonly checks: readonly CheckRow[];
}

function byId(api: HttpApiDependencies, { params: { '*': id = '' }, query }: ApiRequest): Reply {
  if (id === '') return failure(500, 'Missing serviceID');
  const found = healthOf(api, (service) => service.id === id)[0];
  if (found === undefined) {
    const nothing = { AggregatedStatus: 'critical', Service: null, Checks: null };
    return answer('critical', nothing, query, { code: 404, reason: `ServiceId ${id} not found` });
  }
  return answer(found.status, entry(api, found), query);
}

function byName(
  api: HttpApiDependencies,
  { params: { '*': name = '' }, query }: ApiRequest,
): Reply {
  if (name === '') return failure(500, 'Missing service Name');
  const found = healthOf(api, (service) => service.name === name);
  if (found.length === 0) {
    return answer('critical', [], query, { code: 404, reason: `ServiceName ${name} Not Found` });
  }
  const status = worst(found.map((each) => each.status));
  return answer(
    status,
    found.map((each) => entry(api, each)),
    query,
  );
}

function healthOf(
  { store, node }: HttpApiDependencies,
  wanted: (service: Service) => boolean,
): readonly Healthy[] {
  const { value: ofNode } = store.read(checksOfInstance, instanceKey(node.name, ''));
  const { value: rows } = store.read(instancesOnNode, node.name);
  return rows
    .filter(({ service }) => wanted(service))
    .map(({ service }) => {
      const own = store.read(checksOfInstance, instanceKey(node.name, service.id)).value;
      const checks = [...ofNode, ...own];
      return { service, checks, status: worst(checks.map(healthBy)) };
    });
}

function entry(
  { datacenter, checks: { lastOutput } }: HttpApiDependencies,
  { service, status, checks }: Healthy,
): object {
  return {
    AggregatedStatus: status,
    Service: agentService(service, datacenter),
    Checks: checks.map((row) => agentHealthCheck(row, lastOutput(row.check.checkId))),
  };
}

function healthBy({ check, state }: CheckRow): Health {
  return check.probe.kind === 'maintenance' ? 'maintenance' : state.status;
}

function worst(all: readonly Health[]): Health {
  const ranks = Object.keys(statusCodes) as Health[];
  return ranks.findLast((each) => all.includes(each)) ?? 'passing';
}

function answer(
  status: Health,
  value: unknown,
  query: URLSearchParams,
  missing?: { readonly code: number; readonly reason: string },
): Reply {
  const code = missing?.code ?? statusCodes[status];
  const reason = missing?.reason ?? status;
  const headers = { 'X-Consul-Reason': headerText(reason) };
  if (query.get('format') === 'text') return { kind: 'text', text: reason, status: code, headers };
  return json(value, code, headers);
}
