import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Client,
  type ClientEnvironment,
  type ConnectionOptions,
  connectionFromEnvironment,
  createClient,
  type FileReader,
} from '@chancery/client';
import { fail } from './attempt.ts';
import type { Call } from './command.ts';
import type { Flag, Flags } from './flags.ts';

/** The flags of every command that talks to an agent. */
export const httpFlags: readonly Flag[] = [
  {
    name: 'http-addr',
    kind: 'text',
    value: 'host:port',
    about: 'The agent to talk to (CONSUL_HTTP_ADDR).',
  },
  {
    name: 'token',
    kind: 'text',
    value: 'secret',
    about: 'The ACL token to present (CONSUL_HTTP_TOKEN).',
  },
  {
    name: 'token-file',
    kind: 'text',
    value: 'path',
    about: 'A file with the token (CONSUL_HTTP_TOKEN_FILE).',
  },
  {
    name: 'ca-file',
    kind: 'text',
    value: 'path',
    about: 'The authority to trust over TLS (CONSUL_CACERT).',
  },
  {
    name: 'ca-path',
    kind: 'text',
    value: 'folder',
    about: 'A folder of such authorities (CONSUL_CAPATH).',
  },
  {
    name: 'client-cert',
    kind: 'text',
    value: 'path',
    about: 'The certificate to present over TLS (CONSUL_CLIENT_CERT).',
  },
  {
    name: 'client-key',
    kind: 'text',
    value: 'path',
    about: 'Its private key (CONSUL_CLIENT_KEY).',
  },
  {
    name: 'tls-server-name',
    kind: 'text',
    value: 'name',
    about: 'The name to expect over TLS (CONSUL_TLS_SERVER_NAME).',
  },
  { name: 'datacenter', kind: 'text', value: 'name', about: 'The datacenter that is meant.' },
  { name: 'stale', kind: 'switch', about: 'Let any agent answer, not only the leader.' },
  { name: 'namespace', kind: 'text', value: 'name', about: 'Only "default" exists.' },
  { name: 'partition', kind: 'text', value: 'name', about: 'Only "default" exists.' },
];

const variables = {
  'http-addr': 'CONSUL_HTTP_ADDR',
  token: 'CONSUL_HTTP_TOKEN',
  'token-file': 'CONSUL_HTTP_TOKEN_FILE',
  'ca-file': 'CONSUL_CACERT',
  'ca-path': 'CONSUL_CAPATH',
  'client-cert': 'CONSUL_CLIENT_CERT',
  'client-key': 'CONSUL_CLIENT_KEY',
  'tls-server-name': 'CONSUL_TLS_SERVER_NAME',
} as const satisfies Readonly<Record<string, keyof ClientEnvironment>>;

/** Runs a command with a client of the agent that flags and environment name, or says what is wrong with them. */
export async function withClient(
  call: Call,
  work: (client: Client) => Promise<number>,
  failureCode = 1,
): Promise<number> {
  const resolved = connectionOptions(call);
  if (typeof resolved === 'string') return fail(call.io, resolved, failureCode);
  using client = createClient(resolved);
  return await work(client);
}

/** How to reach the agent that flags and environment name, or what is wrong with them. */
export function connectionOptions(call: Call): ConnectionOptions | string {
  for (const name of ['namespace', 'partition']) {
    const value = call.flags.text(name);
    if (value !== undefined && value !== 'default') {
      return `-${name} is "${value}"; only "default" exists here`;
    }
  }
  const resolved = connectionFromEnvironment(overlaid(call.io.environment, call.flags), files);
  if (!resolved.ok) return asGiven(resolved, call.flags);
  const query = sharedQuery(call.flags);
  return { ...resolved.options, ...(query && { query }) };
}

/** What is wrong with a variable is said of the flag that stands for it, where that was given. */
function asGiven(
  { message, variable }: { message: string; variable: string },
  flags: Flags,
): string {
  const flag = Object.entries(variables).find(([, name]) => name === variable)?.[0];
  return flag !== undefined && flags.given(flag) ? message.replace(variable, `-${flag}`) : message;
}

/** A flag wins over its variable; a token by flag also over a token file by variable. */
function overlaid(environment: ClientEnvironment, flags: Flags): ClientEnvironment {
  const overlay: Partial<Record<keyof ClientEnvironment, string>> = {};
  for (const [flag, variable] of Object.entries(variables)) {
    const value = flags.text(flag);
    if (value !== undefined) overlay[variable] = value;
  }
  if (overlay.CONSUL_HTTP_TOKEN_FILE !== undefined) overlay.CONSUL_HTTP_TOKEN ??= '';
  return { ...environment, ...overlay };
}

function sharedQuery(flags: Flags): Readonly<Record<string, string>> | undefined {
  const datacenter = flags.text('datacenter');
  const query = {
    ...(datacenter !== undefined && { dc: datacenter }),
    ...(flags.on('stale') && { stale: '' }),
  };
  return Object.keys(query).length === 0 ? undefined : query;
}

const files: FileReader = {
  file: (path) => readFileSync(path, 'utf8'),
  folder: (path) => readdirSync(path).map((name) => join(path, name)),
};
