import type { Command } from './command.ts';
import { missingCommands } from './missing-commands.ts';

/** Where a command is found. Nothing of it is loaded before it is called. */
export interface CommandEntry {
  readonly path: readonly string[];
  readonly summary: string;
  /** Consul has it and we do not yet: it says so, whatever stands behind it. */
  readonly isMissing?: boolean;
  load(): Promise<Command>;
}

/** Every command of this package; the launcher adds `agent`. */
export const commands: readonly CommandEntry[] = [
  entry('apply', 'Make a change of config entries', () => import('./changes/apply.ts')),
  entry('catalog datacenters', 'List the datacenters', () => import('./catalog/datacenters.ts')),
  entry('catalog nodes', 'List the nodes', () => import('./catalog/nodes.ts')),
  entry('catalog services', 'List the services', () => import('./catalog/services.ts')),
  entry('check', 'Say what is wrong, and how to mend it', () => import('./check/check.ts')),
  entry(
    'completion',
    'Print what a shell needs to complete',
    () => import('./completion/completion.ts'),
  ),
  entry('config delete', 'Delete a config entry', () => import('./config/delete.ts')),
  entry('config list', 'List the config entries of a kind', () => import('./config/list.ts')),
  entry('config read', 'Print a config entry', () => import('./config/read.ts')),
  entry('config write', 'Write a config entry', () => import('./config/write.ts')),
  entry(
    'connect ca get-config',
    'Print how certificates are made',
    () => import('./connect/ca-get-config.ts'),
  ),
  entry(
    'connect ca set-config',
    'Change how certificates are made',
    () => import('./connect/ca-set-config.ts'),
  ),
  entry('connect envoy', 'Run Envoy as a sidecar', () => import('./connect/envoy.ts')),
  entry(
    'connect expose',
    'Expose a service through an ingress gateway',
    () => import('./connect/expose.ts'),
  ),
  entry(
    'connect proxy',
    'Run the built-in TCP proxy as a sidecar',
    () => import('./connect/proxy.ts'),
  ),
  entry('debug', 'Collect what helps to find a fault', () => import('./debug/debug.ts')),
  entry('diff', 'Say what differs between two revisions', () => import('./changes/diff.ts')),
  entry(
    'envoy install',
    'Install an Envoy that is known to work',
    () => import('./envoy/install.ts'),
  ),
  entry('envoy path', 'Print the Envoy that would be run', () => import('./envoy/path.ts')),
  entry(
    'explain',
    'Say whether one service may reach another, and why',
    () => import('./explain/explain.ts'),
  ),
  entry('force-leave', 'Give up a node that failed', () => import('./agent/force-leave.ts')),
  entry('history', 'List what was changed, by whom and why', () => import('./changes/history.ts')),
  entry('info', 'Print figures of the agent', () => import('./agent/info.ts')),
  entry(
    'intention check',
    'Say whether one service may reach another',
    () => import('./intention/check.ts'),
  ),
  entry(
    'intention create',
    'Allow or deny one service to reach another',
    () => import('./intention/create.ts'),
  ),
  entry('intention delete', 'Delete an intention', () => import('./intention/delete.ts')),
  entry('intention get', 'Show an intention', () => import('./intention/get.ts')),
  entry('intention list', 'List the intentions', () => import('./intention/list.ts')),
  entry('intention match', 'List what bears on a service', () => import('./intention/match.ts')),
  entry('join', 'Have the agent join others', () => import('./agent/join.ts')),
  entry('leave', 'Have the agent stop', () => import('./agent/leave.ts')),
  entry('maint', 'Take a node or a service out of service', () => import('./agent/maint.ts')),
  entry('members', 'List the agents', () => import('./agent/members.ts')),
  entry('monitor', "Follow the agent's log", () => import('./agent/monitor.ts')),
  entry('operator raft list-peers', 'List the servers', () => import('./operator/list-peers.ts')),
  entry(
    'operator usage instances',
    'Count what the catalog holds',
    () => import('./operator/instances.ts'),
  ),
  entry(
    'peering list',
    'List the connections to other clusters',
    () => import('./operator/peering-list.ts'),
  ),
  entry('plan', 'Show what a change would do', () => import('./changes/plan.ts')),
  entry(
    'proxies',
    'Show what each proxy has of its configuration',
    () => import('./proxies/proxies.ts'),
  ),
  entry('reload', 'Have the agent read its files again', () => import('./agent/reload.ts')),
  entry('rollback', 'Go back to what was declared before', () => import('./changes/rollback.ts')),
  entry('rtt', 'Estimate the time between two nodes', () => import('./agent/rtt.ts')),
  entry('services deregister', 'Deregister services', () => import('./services/deregister.ts')),
  entry(
    'services export',
    'Export a service to other clusters',
    () => import('./services/export.ts'),
  ),
  entry(
    'services exported-services',
    'List what is exported',
    () => import('./services/exported-services.ts'),
  ),
  entry('services register', 'Register services', () => import('./services/register.ts')),
  entry(
    'troubleshoot ports',
    'Say which ports are open',
    () => import('./agent/troubleshoot-ports.ts'),
  ),
  entry('validate', 'Check configuration files', () => import('./agent/validate.ts')),
  entry(
    'verify',
    'Hold the mesh to assertions about who may reach whom',
    () => import('./verify/verify.ts'),
  ),
  entry('version', 'Print the version', () => import('./agent/version.ts')),
  entry('watch', 'Run a program at every change', () => import('./watch/watch.ts')),
  ...missingCommands.map(
    ({ path, reason }): CommandEntry => ({
      path: path.split(' '),
      summary: reason,
      isMissing: true,
      load: async () => (await import('./missing-command.ts')).missingCommand(path, reason),
    }),
  ),
];

function entry(
  path: string,
  summary: string,
  load: () => Promise<{ readonly command: Command }>,
): CommandEntry {
  return { path: path.split(' '), summary, load: async () => (await load()).command };
}
