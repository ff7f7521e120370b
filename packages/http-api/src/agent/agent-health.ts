import { type CheckRow, checksOfInstance, instanceKey, instancesOnNode } from '@chancery/catalog';
import type { CheckStatus, Service } from '@chancery/model';
import type { HttpApiDependencies } from '../dependencies.ts';
import { agentCheck } from '../json/catalog-json.ts';
import { agentService } from '../json/service-json.ts';
import { json, type Reply } from '../reply.ts';
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

const statusCodes: Readonly<Record<CheckStatus, number>> = {
  passing: 200,
  warning: 429,
  critical: 503,
};

interface Healthy {
  readonly service: Service;
  readonly status: CheckStatus;
  readonly checks: readonly CheckRow[];
}

function byId(api: HttpApiDependencies, { params: { '*': id = '' }, query }: ApiRequest): Reply {
  const found = healthOf(api, (service) => service.id === id)[0];
  if (found === undefined) {
    const nothing = { AggregatedStatus: 'critical', Service: null, Checks: null };
    return answer('critical', nothing, query, { code: 404, reason: `ServiceId ${id} not found` });
  }
  return answer(found.status, entry(found, api.datacenter), query);
}

function byName(
  api: HttpApiDependencies,
  { params: { '*': name = '' }, query }: ApiRequest,
): Reply {
  const found = healthOf(api, (service) => service.name === name);
  if (found.length === 0) {
    return answer('critical', [], query, { code: 404, reason: `ServiceName ${name} Not Found` });
  }
  const status = worst(found.map((each) => each.status));
  return answer(
    status,
    found.map((each) => entry(each, api.datacenter)),
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
      return { service, checks, status: worst(checks.map(({ state }) => state.status)) };
    });
}

function entry({ service, status, checks }: Healthy, datacenter: string): object {
  return {
    AggregatedStatus: status,
    Service: agentService(service, datacenter),
    Checks: checks.map(agentCheck),
  };
}

function worst(statuses: readonly CheckStatus[]): CheckStatus {
  if (statuses.includes('critical')) return 'critical';
  return statuses.includes('warning') ? 'warning' : 'passing';
}

function answer(
  status: CheckStatus,
  value: unknown,
  query: URLSearchParams,
  missing?: { readonly code: number; readonly reason: string },
): Reply {
  const code = missing?.code ?? statusCodes[status];
  const headers = { 'X-Consul-Reason': headerText(missing?.reason ?? status) };
  if (query.get('format') === 'text') return { kind: 'text', text: status, status: code, headers };
  return json(value, code, headers);
}
