import type { HttpApiDependencies } from '../dependencies.ts';
import { done, failure, type Reply } from '../reply.ts';
import type { ApiRequest, Route } from '../route.ts';

/** Growing and shrinking a cluster: here it is one agent, and stays so. */
export const joinRoutes: readonly Route[] = [
  {
    method: 'PUT',
    path: '/v1/agent/join/*',
    right: 'agent:write',
    blocking: 'none',
    answer: join,
  },
  {
    method: 'PUT',
    path: '/v1/agent/force-leave/*',
    right: 'operator:write',
    blocking: 'none',
    answer: forceLeave,
  },
];

/** An agent that joins itself is where it wanted to be. */
function join(api: HttpApiDependencies, { params: { '*': address = '' } }: ApiRequest): Reply {
  if (isOwn(api, address)) return done;
  return failure(
    501,
    `Failed to join ${JSON.stringify(address)}: an agent is a cluster by itself here, there is no gossip to join others by`,
  );
}

function isOwn({ node, hostNames, ports }: HttpApiDependencies, address: string): boolean {
  const shape = shapes.find((each) => each.test(address));
  const { host = '', port = '' } = shape?.exec(address)?.groups ?? {};
  const own = [node.name, node.address, ...hostNames, 'localhost', '127.0.0.1', '::1'];
  const ownPorts = ['', ...gossipPorts, String(ports().http)];
  return own.includes(host) && ownPorts.includes(port);
}

/** `host`, `host:port`, `[host]:port`; what has several colons and no brackets is a host. */
const shapes: readonly RegExp[] = [
  /^\[(?<host>[^\]]*)\](?::(?<port>\d+))?$/,
  /^(?<host>[^:]*):(?<port>\d+)$/,
  /^(?<host>.*)$/,
];

/** Where an agent of this machine would gossip, by default; on another port would be another agent. */
const gossipPorts = ['8301', '8302'];

/** Nobody but this agent can be named; like Consul's it does not throw itself out. */
function forceLeave(
  { node, datacenter }: HttpApiDependencies,
  { params: { '*': name = '' } }: ApiRequest,
): Reply {
  if (name === node.name || name === `${node.name}.${datacenter}`) return done;
  return failure(500, `agent: No node found with name '${name}'`);
}
