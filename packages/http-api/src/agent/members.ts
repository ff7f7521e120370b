import type { HttpApiDependencies } from '../dependencies.ts';
import { memberShape } from '../json/member-shape.ts';
import { failure, type Reply } from '../reply.ts';
import type { ApiRequest, List, Route } from '../route.ts';
import { spokenVersion } from '../spoken-version.ts';

/** Who belongs to the cluster: this agent. */
export const memberRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/agent/members',
    right: 'node:read',
    blocking: 'none',
    list: members,
  },
];

/** What is asked for by every segment, and by the one that has no name. */
const segments = new Set(['', '_all']);

function members(api: HttpApiDependencies, { query }: ApiRequest): List | Reply {
  if (!segments.has(query.get('segment') ?? '')) {
    return failure(500, 'There are no network segments here: leave ?segment= away');
  }
  const isWan = (query.get('wan') ?? '') !== '';
  return { records: [isWan ? wanMember(api) : member(api)], shape: memberShape };
}

/** This agent as a member of its datacenter. There is no gossip: it is where its HTTP API is. */
export function member({ datacenter, node, version, ports }: HttpApiDependencies): object {
  const { http, grpc } = ports();
  return {
    Name: node.name,
    Addr: node.address,
    Port: http,
    Tags: {
      acls: '0',
      build: `${spokenVersion(version)}:`,
      dc: datacenter,
      ...(grpc > 0 && { grpc_port: String(grpc) }),
      id: node.id,
      // Who looks for the leader compares it with `/v1/status/leader`.
      port: String(http),
      role: 'consul',
      segment: '',
      vsn: '2',
      vsn_max: '3',
      vsn_min: '2',
    },
    Status: 1,
    ProtocolMin: 1,
    ProtocolMax: 5,
    ProtocolCur: 2,
    DelegateMin: 2,
    DelegateMax: 5,
    DelegateCur: 4,
  };
}

function wanMember(api: HttpApiDependencies): object {
  return { ...member(api), Name: `${api.node.name}.${api.datacenter}` };
}
