import { arch, availableParallelism, platform } from 'node:os';
import { checksOnNode, instancesOnNode } from '@chancery/catalog';
import type { HttpApiDependencies } from '../dependencies.ts';
import { done, failure, json, type Reply } from '../reply.ts';
import type { Route } from '../route.ts';

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
    answer: ({ version }) => json({ SHA: '', BuildDate: '', HumanVersion: version, FIPS: '' }),
  },
  {
    method: 'GET',
    path: '/v1/agent/members',
    right: 'node:read',
    blocking: 'none',
    answer: (api) => json([member(api)]),
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
  return outcome.ok ? done : failure(500, outcome.message);
}

/** The Envoy that the resources are tried with. */
const supportedEnvoys = ['1.40.0'];

function self(api: HttpApiDependencies): object {
  const { datacenter, node, version, dev, sidecarPorts } = api;
  const { http, grpc } = api.ports();
  return {
    Config: {
      Datacenter: datacenter,
      PrimaryDatacenter: datacenter,
      NodeName: node.name,
      NodeID: node.id,
      Revision: '',
      Server: true,
      Version: version,
      BuildDate: '',
    },
    DebugConfig: {
      Datacenter: datacenter,
      DevMode: dev,
      HTTPPort: http,
      GRPCPort: grpc,
      GRPCTLSPort: -1,
      ConnectEnabled: true,
      ConnectSidecarMinPort: sidecarPorts.min,
      ConnectSidecarMaxPort: sidecarPorts.max,
    },
    Coord: null,
    Member: member(api),
    Stats: stats(api),
    Meta: {},
    xDS: {
      SupportedProxies: { envoy: supportedEnvoys },
      Port: grpc,
      Ports: { Plaintext: grpc, TLS: -1 },
    },
  };
}

/** There is no gossip here: the port of a member is the one of its HTTP API. */
function member({ datacenter, node, version, ports }: HttpApiDependencies): object {
  const { http, grpc } = ports();
  return {
    Name: node.name,
    Addr: node.address,
    Port: http,
    Tags: {
      acls: '0',
      ap: 'default',
      build: `${version}:`,
      dc: datacenter,
      grpc_port: String(grpc),
      id: node.id,
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

type Figures = Readonly<Record<string, Readonly<Record<string, string>>>>;

function stats({ store, node, version, ports, xdsFigures }: HttpApiDependencies): Figures {
  const { value: checks } = store.read(checksOnNode, node.name);
  const { value: services } = store.read(instancesOnNode, node.name);
  const ttls = checks.filter(({ check }) => check.probe.kind === 'ttl').length;
  const probes = checks.filter(
    ({ check: { probe } }) => probe.kind === 'tcp' || probe.kind === 'http',
  );
  return {
    agent: {
      check_monitors: String(probes.length),
      check_ttls: String(ttls),
      checks: String(checks.length),
      services: String(services.length),
    },
    build: { prerelease: '', revision: '', version, version_metadata: '' },
    consul: {
      acl: 'disabled',
      bootstrap: 'false',
      known_datacenters: '1',
      leader: 'true',
      leader_addr: `${node.address}:${ports().http}`,
      server: 'true',
    },
    runtime: {
      arch: arch(),
      cpu_count: String(availableParallelism()),
      os: platform(),
      resident_bytes: String(process.memoryUsage.rss()),
      version: process.version,
    },
    store: {
      queued_commits: String(store.counters.queued),
      revision: String(store.view.revision),
      watchers: String(store.counters.watchers),
    },
    xds: Object.fromEntries(
      Object.entries(xdsFigures()).map(([name, figure]) => [name, String(figure)]),
    ),
  };
}
