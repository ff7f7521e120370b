import { type Maintenance, maintainNode, maintainService } from '@chancery/catalog';
import { committed } from '../committed.ts';
import type { HttpApiDependencies } from '../dependencies.ts';
import { done, failure, type Reply } from '../reply.ts';
import { goBoolean } from '../request/go-boolean.ts';
import type { ApiRequest, Route } from '../route.ts';

/** Taking a service, or the whole node, out of service for a while. */
export const maintenanceRoutes: readonly Route[] = [
  {
    method: 'PUT',
    path: '/v1/agent/service/maintenance/*',
    right: 'service:write',
    blocking: 'none',
    answer: ofService,
  },
  {
    method: 'PUT',
    path: '/v1/agent/maintenance',
    right: 'node:write',
    blocking: 'none',
    answer: ofNode,
  },
];

async function ofService(api: HttpApiDependencies, request: ApiRequest): Promise<Reply> {
  const { params, by } = request;
  const { '*': serviceId = '' } = params;
  if (serviceId === '') return failure(400, 'Missing service ID');
  const wanted = maintenance(api, request);
  if ('kind' in wanted) return wanted;
  const input = { ...wanted, serviceId };
  const outcome = await api.store.commit(maintainService, input, by);
  return committed(outcome, ({ changed }) => {
    if (changed) api.log('info', `Service ${moved(wanted)} maintenance mode`, { serviceId });
    return done;
  });
}

async function ofNode(api: HttpApiDependencies, request: ApiRequest): Promise<Reply> {
  const wanted = maintenance(api, request);
  if ('kind' in wanted) return wanted;
  const outcome = await api.store.commit(maintainNode, wanted, request.by);
  return committed(outcome, ({ changed }) => {
    if (changed) api.log('info', `Node ${moved(wanted)} maintenance mode`);
    return done;
  });
}

function maintenance({ node }: HttpApiDependencies, { query }: ApiRequest): Maintenance | Reply {
  const text = query.get('enable');
  if (text === null) return failure(400, 'Missing value for enable');
  const enable = goBoolean(text);
  if (enable === undefined) {
    return failure(400, `Invalid value for enable: ${JSON.stringify(text)}`);
  }
  return { node: node.name, enable, reason: query.get('reason') ?? '' };
}

function moved({ enable }: Maintenance): string {
  return enable ? 'entered' : 'left';
}
