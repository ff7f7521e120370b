/** A command of Consul's that is not there, and why. */
export interface MissingCommand {
  readonly path: string;
  readonly reason: string;
}

const noTokens = 'there are no tokens yet, every caller may do everything';
const noGossip = 'agents do not gossip here, so there is no key to keep';
const noPeers = 'clusters cannot be connected to each other yet';
const noRaft = 'there is one server, which is always the leader';

/** Consul's commands that are not there. They are known, so that whoever calls one is told the reason. */
export const missingCommands: readonly MissingCommand[] = [
  { path: 'acl', reason: noTokens },
  { path: 'connect redirect-traffic', reason: 'there is no transparent proxy yet' },
  { path: 'event', reason: 'there are no events yet' },
  { path: 'exec', reason: 'nothing runs commands on other nodes' },
  { path: 'keygen', reason: noGossip },
  { path: 'keyring', reason: noGossip },
  { path: 'kv', reason: 'there is no key-value store yet' },
  { path: 'lock', reason: 'there are no sessions and no key-value store yet' },
  { path: 'login', reason: noTokens },
  { path: 'logout', reason: noTokens },
  { path: 'operator area', reason: noRaft },
  { path: 'operator autopilot', reason: noRaft },
  { path: 'operator raft remove-peer', reason: noRaft },
  { path: 'operator raft transfer-leader', reason: noRaft },
  { path: 'peering delete', reason: noPeers },
  { path: 'peering establish', reason: noPeers },
  { path: 'peering exported-services', reason: noPeers },
  { path: 'peering generate-token', reason: noPeers },
  { path: 'peering read', reason: noPeers },
  { path: 'resource', reason: 'there is no resource API yet' },
  { path: 'snapshot', reason: 'the state cannot be saved to a file yet' },
  { path: 'tls', reason: 'the API is not served over TLS yet' },
  { path: 'troubleshoot proxy', reason: 'a running proxy cannot be examined yet' },
  { path: 'troubleshoot upstreams', reason: 'a running proxy cannot be examined yet' },
];
