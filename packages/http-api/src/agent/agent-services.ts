import { instanceAt, instanceKey, instancesOnNode } from '@chancery/catalog';
import { agentService } from '../json/service-json.ts';
import { nodeServiceShape } from '../json/service-shape.ts';
import { failure, json } from '../reply.ts';
import { listBy, type Route, reading } from '../route.ts';

/** What this agent looks after. */
export const agentServiceRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/agent/services',
    right: 'service:read',
    blocking: 'none',
    list: ({ store, node, datacenter }) => {
      const { value } = store.read(instancesOnNode, node.name);
      const records = value.map(({ service }) => agentService(service, datacenter));
      return listBy(records, nodeServiceShape, ({ ID: id }) => id);
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
