import { instanceAt, instanceKey, instancesOnNode } from '@chancery/catalog';
import { agentService } from '../json/service-json.ts';
import { failure, json } from '../reply.ts';
import { type Route, reading } from '../route.ts';

/** What this agent looks after. */
export const agentServiceRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/agent/services',
    right: 'service:read',
    blocking: 'none',
    answer: ({ store, node, datacenter }) => {
      const { value } = store.read(instancesOnNode, node.name);
      const entries = value.map(({ service }) => [service.id, agentService(service, datacenter)]);
      return json(Object.fromEntries(entries));
    },
  },
  {
    method: 'GET',
    path: '/v1/agent/service/*',
    right: 'service:read',
    blocking: 'hash',
    read: ({ node, datacenter }, { params: { '*': id = '' } }) =>
      reading(instanceAt, instanceKey(node.name, id), (row) =>
        row === undefined
          ? failure(404, `unknown service ID: ${id}`)
          : json(agentService(row.service, datacenter)),
      ),
  },
];
