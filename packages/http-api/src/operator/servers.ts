import { nodeNamed } from '@chancery/catalog';
import type { HttpApiDependencies } from '../dependencies.ts';
import { json } from '../reply.ts';
import type { Route } from '../route.ts';
import { spokenVersion } from '../spoken-version.ts';
import { ownAddress } from './own-address.ts';

/** The servers of the datacenter, for who watches over them: this agent, which leads, votes and is well when it answers. */
export const serverRoutes: readonly Route[] = [
  operatorRead('/v1/operator/raft/configuration', raftConfiguration),
  operatorRead('/v1/operator/autopilot/configuration', () => autopilotConfiguration),
  operatorRead('/v1/operator/autopilot/health', health),
  operatorRead('/v1/operator/autopilot/state', state),
];

function operatorRead(path: string, answer: (api: HttpApiDependencies) => object): Route {
  return {
    method: 'GET',
    path,
    right: 'operator:read',
    blocking: 'none',
    answer: (api) => json(answer(api)),
  };
}

function raftConfiguration(api: HttpApiDependencies): object {
  const { node, store } = api;
  return {
    Servers: [
      {
        ID: node.id,
        Node: node.name,
        Address: ownAddress(api),
        Leader: true,
        ProtocolVersion: '3',
        Voter: true,
        LastIndex: store.view.revision,
      },
    ],
    Index: 0,
  };
}

/** Nothing here cleans up or waits for other servers: the settings of an agent that is alone. */
const autopilotConfiguration = {
  CleanupDeadServers: false,
  LastContactThreshold: '0s',
  MaxTrailingLogs: 0,
  MinQuorum: 0,
  ServerStabilizationTime: '0s',
  RedundancyZoneTag: '',
  DisableUpgradeMigration: true,
  UpgradeVersionTag: '',
  CreateIndex: 0,
  ModifyIndex: 0,
};

/** What both kinds of report say of a server. */
function server(api: HttpApiDependencies): object {
  const { node, store, version, startedAt } = api;
  return {
    ID: node.id,
    Name: node.name,
    Address: ownAddress(api),
    Version: spokenVersion(version),
    LastContact: '0s',
    LastTerm: 1,
    LastIndex: store.view.revision,
    Healthy: true,
    StableSince: new Date(startedAt).toISOString(),
  };
}

function health(api: HttpApiDependencies): object {
  return {
    Healthy: true,
    FailureTolerance: 0,
    Servers: [{ ...server(api), SerfStatus: 'alive', Leader: true, Voter: true }],
  };
}

function state(api: HttpApiDependencies): object {
  const { node, store } = api;
  const meta = store.read(nodeNamed, node.name).value?.node.meta ?? {};
  const leader = {
    ...server(api),
    NodeStatus: 'alive',
    ReadReplica: false,
    Status: 'leader',
    Meta: meta,
    NodeType: 'voter',
  };
  return {
    Healthy: true,
    FailureTolerance: 0,
    OptimisticFailureTolerance: 0,
    Servers: { [node.id]: leader },
    Leader: node.id,
    Voters: [node.id],
  };
}
