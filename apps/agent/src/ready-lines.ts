import type { AgentConfig } from '@chancery/model';
import type { Agent } from './start-agent.ts';

/** What the agent says once it is ready: who it is and where its state lives, then a line a listener. */
export function readyLines(
  config: Pick<AgentConfig, 'nodeName' | 'datacenter' | 'dataDir' | 'defaultIntentionPolicy'>,
  { http, xds }: Agent['listeners'],
): readonly string[] {
  const where = config.dataDir === undefined ? 'in memory' : `in ${config.dataDir}`;
  const { nodeName, datacenter, defaultIntentionPolicy: policy } = config;
  return [
    `Chancery agent is ready: node ${nodeName}, datacenter ${datacenter}, state ${where}, default policy ${policy}`,
    ...http.map((url) => `HTTP API:    ${url}`),
    ...(xds.length === 0
      ? ['xDS (gRPC):  off; turn it on with -grpc-port or ports { grpc = 8502 }']
      : xds.map((address) => `xDS (gRPC):  ${address}`)),
  ];
}
