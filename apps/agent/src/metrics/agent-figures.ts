import type { Figure } from './figure.ts';

/** What is always true of one agent that is a datacenter by itself: what dashboards of Consul begin with. */
export function agentFigures(datacenter: string, version: string): readonly Figure[] {
  const constant = (name: string, help: string, value: number, labels = {}): Figure => ({
    kind: 'gauge',
    name,
    help,
    labels: Object.keys(labels),
    read: () => [{ labels, value }],
  });
  return [
    constant('consul.members.servers', 'Agents in this datacenter.', 1, { datacenter }),
    constant('consul.members.clients', 'Agents without a state.', 0, { datacenter }),
    constant('consul.autopilot.healthy', 'Whether the agent can serve: it answers.', 1),
    constant('consul.autopilot.failure_tolerance', 'How many agents may fail.', 0),
    constant('consul.server.isLeader', 'Whether this agent takes writes.', 1),
    constant('consul.version', 'The version of this agent.', 1, { version, pre_release: '' }),
  ];
}
