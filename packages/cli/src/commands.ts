import type { Command } from './command.ts';

/** Where a command is found. Nothing of it is loaded before it is called. */
export interface CommandEntry {
  readonly path: readonly string[];
  readonly summary: string;
  load(): Promise<Command>;
}

/** Every command of this package; the launcher adds `agent`. */
export const commands: readonly CommandEntry[] = [
  entry('catalog datacenters', 'List the datacenters', () => import('./catalog/datacenters.ts')),
  entry('catalog nodes', 'List the nodes', () => import('./catalog/nodes.ts')),
  entry('catalog services', 'List the services', () => import('./catalog/services.ts')),
  entry(
    'connect envoy',
    'Run Envoy as the sidecar of a service',
    () => import('./connect/envoy.ts'),
  ),
  entry(
    'connect proxy',
    'Run the built-in TCP proxy as the sidecar of a service',
    () => import('./connect/proxy.ts'),
  ),
  entry(
    'envoy install',
    'Install an Envoy that is known to work',
    () => import('./envoy/install.ts'),
  ),
  entry('envoy path', 'Print the Envoy that would be run', () => import('./envoy/path.ts')),
  entry('info', 'Print figures of the agent', () => import('./agent/info.ts')),
  entry(
    'intention check',
    'Say whether one service may connect to another',
    () => import('./intention/check.ts'),
  ),
  entry(
    'intention create',
    'Allow or deny one service to connect to another',
    () => import('./intention/create.ts'),
  ),
  entry('intention delete', 'Delete an intention', () => import('./intention/delete.ts')),
  entry('intention get', 'Show an intention', () => import('./intention/get.ts')),
  entry('intention list', 'List the intentions', () => import('./intention/list.ts')),
  entry(
    'intention match',
    'List the intentions that bear on a service',
    () => import('./intention/match.ts'),
  ),
  entry('leave', 'Have the agent stop', () => import('./agent/leave.ts')),
  entry('members', 'List the agents', () => import('./agent/members.ts')),
  entry('reload', 'Have the agent read its configuration again', () => import('./agent/reload.ts')),
  entry('services deregister', 'Deregister services', () => import('./services/deregister.ts')),
  entry('services register', 'Register services', () => import('./services/register.ts')),
  entry('validate', 'Check configuration files', () => import('./agent/validate.ts')),
  entry('version', 'Print the version', () => import('./agent/version.ts')),
];

function entry(
  path: string,
  summary: string,
  load: () => Promise<{ readonly command: Command }>,
): CommandEntry {
  return { path: path.split(' '), summary, load: async () => (await load()).command };
}
