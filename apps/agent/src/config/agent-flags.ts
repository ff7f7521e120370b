import type { Flag, Flags } from '@chancery/cli';
import type { ConfigRequest } from '@chancery/config-files';
import type { AgentFlags } from '@chancery/model';
import { stateFolder } from './state-folder.ts';

/** The flags of `agent`: Consul's, as far as they have a meaning here. */
export const agentFlags: readonly Flag[] = [
  {
    name: 'dev',
    kind: 'switch',
    about: 'Keep everything in memory; HTTP on 8500 and xDS on 8502.',
  },
  {
    name: 'config-file',
    kind: 'list',
    value: 'path',
    about: 'An .hcl or .json file; may be given again.',
  },
  {
    name: 'config-dir',
    kind: 'list',
    value: 'path',
    about: 'A folder of such files, read in the order of their names.',
  },
  {
    name: 'hcl',
    kind: 'list',
    value: 'text',
    about: 'A piece of configuration; wins over files and flags.',
  },
  { name: 'data-dir', kind: 'text', value: 'path', about: 'Where the state is kept.' },
  { name: 'node', kind: 'text', value: 'name', about: 'The name of this node (the host name).' },
  {
    name: 'node-id',
    kind: 'text',
    value: 'uuid',
    about: 'The ID of this node (made once and kept).',
  },
  { name: 'datacenter', kind: 'text', value: 'name', about: 'The datacenter (dc1).' },
  {
    name: 'bind',
    kind: 'text',
    value: 'address',
    about: 'The address of this node within the datacenter.',
  },
  {
    name: 'advertise',
    kind: 'text',
    value: 'address',
    about: 'The address that others reach this node at.',
  },
  {
    name: 'client',
    kind: 'text',
    value: 'address',
    about: 'The address to serve HTTP and xDS on (127.0.0.1).',
  },
  { name: 'http-port', kind: 'text', value: 'port', about: 'The port of the HTTP API (8500).' },
  {
    name: 'grpc-port',
    kind: 'text',
    value: 'port',
    about: 'The port of the xDS server (off, but 8502 with -dev).',
  },
  {
    name: 'default-intention-policy',
    kind: 'text',
    value: 'allow|deny',
    about: 'What becomes of connections that no intention speaks of (allow).',
  },
  {
    name: 'log-level',
    kind: 'text',
    value: 'level',
    about: 'trace, debug, info, warn or error (info).',
  },
  { name: 'log-json', kind: 'switch', about: 'Write the log as JSON.' },
];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What the flags ask to be read. With no word about where its configuration or its state is, an
 * agent is the embedded one: durable below the user's state folder, on loopback, with xDS on 8502.
 */
export function configRequest(
  flags: Flags,
  environment: Environment,
  hostname: string,
): ConfigRequest {
  const isEmbedded = !flags.given('dev', 'config-file', 'config-dir', 'hcl', 'data-dir');
  return {
    dev: flags.on('dev'),
    paths: [...flags.list('config-file'), ...flags.list('config-dir')],
    fragments: flags.list('hcl'),
    flags: { ...(isEmbedded && embedded(environment)), ...givenFlags(flags) },
    host: { hostname },
  };
}

function embedded(environment: Environment): AgentFlags {
  return { dataDir: stateFolder(environment), grpcPort: '8502', bind: '127.0.0.1' };
}

const names = {
  node: 'node',
  nodeId: 'node-id',
  datacenter: 'datacenter',
  dataDir: 'data-dir',
  bind: 'bind',
  advertise: 'advertise',
  client: 'client',
  httpPort: 'http-port',
  grpcPort: 'grpc-port',
  logLevel: 'log-level',
  defaultIntentionPolicy: 'default-intention-policy',
} as const satisfies Partial<Record<keyof AgentFlags, string>>;

function givenFlags(flags: Flags): AgentFlags {
  const texts = Object.entries(names).flatMap(([key, name]) => {
    const value = flags.text(name);
    return value === undefined ? [] : [[key, value]];
  });
  return { ...Object.fromEntries(texts), ...(flags.on('log-json') && { logJson: true }) };
}
