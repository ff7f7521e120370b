import { coordinateOf, nodeNamed, origin } from '@chancery/catalog';
import type { HttpApiDependencies } from '../dependencies.ts';
import { place } from '../json/coordinate-json.ts';
import { done, failure, json, type Reply } from '../reply.ts';
import type { Route } from '../route.ts';
import { spokenVersion } from '../spoken-version.ts';
import { debugConfig } from './debug-config.ts';
import { member } from './members.ts';
import { stats } from './stats.ts';

/** What the agent is, and what can be asked of it as a process. */
export const agentSelfRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/agent/self',
    right: 'agent:read',
    blocking: 'none',
    answer: (api) => json(self(api)),
  },
  {
    method: 'GET',
    path: '/v1/agent/version',
    right: 'agent:read',
    blocking: 'none',
    answer: ({ version }) =>
      json({ SHA: '', BuildDate: noDate, HumanVersion: spokenVersion(version), FIPS: '' }),
  },
  {
    method: 'PUT',
    path: '/v1/agent/reload',
    right: 'agent:write',
    blocking: 'none',
    answer: reload,
  },
  {
    method: 'PUT',
    path: '/v1/agent/leave',
    right: 'agent:write',
    blocking: 'none',
    answer: ({ leave }) => {
      leave();
      return done;
    },
  },
];

async function reload(api: HttpApiDependencies): Promise<Reply> {
  const outcome = await api.reload();
  if (!outcome.ok) return failure(500, outcome.message);
  return { ...done, warnings: outcome.warnings ?? [] };
}

/** Clients read it as a time; sources that run as they are were never built. */
const noDate = '1970-01-01T00:00:01Z';

/** The Envoy that the resources are tried with. */
const supportedEnvoys = ['1.40.0'];

function self(api: HttpApiDependencies): object {
  const { store, datacenter, node, version } = api;
  const { grpc } = api.ports();
  return {
    Config: {
      Datacenter: datacenter,
      PrimaryDatacenter: datacenter,
      NodeName: node.name,
      NodeID: node.id,
      Revision: '',
      Server: true,
      Version: spokenVersion(version),
      BuildDate: noDate,
    },
    DebugConfig: debugConfig(api),
    Coord: place(store.read(coordinateOf, node.name).value?.coordinate ?? origin),
    Member: member(api),
    Stats: stats(api),
    Meta: store.read(nodeNamed, node.name).value?.node.meta ?? {},
    xDS: {
      SupportedProxies: { envoy: supportedEnvoys },
      Port: grpc,
      Ports: { Plaintext: grpc, TLS: -1 },
    },
  };
}
