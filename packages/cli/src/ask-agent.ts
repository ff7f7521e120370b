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
import { attempt, fail } from './attempt.ts';
import type { Call } from './command.ts';
import type { Flags } from './flags.ts';

/** The variable that each flag stands for. */
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

/** What a command has written so far. */
export interface Writes {
  /** The revisions of the state that the writes led to, each once; none where the agent tells none. */
  readonly revisions: ReadonlySet<number>;
}

/** Runs a command with a client of the agent that flags and environment name, or says what is wrong with them. */
export async function withClient(
  call: Call,
  work: (client: Client, writes: Writes) => Promise<number>,
  failureCode = 1,
): Promise<number> {
  const resolved = connectionOptions(call);
  if (typeof resolved === 'string') return fail(call.io, resolved, failureCode);
  const revisions = new Set<number>();
  const onRevision = (revision: number): void => void revisions.add(revision);
  using client = createClient({ ...resolved, onRevision });
  return await work(client, { revisions });
}

/** Runs what asks the agent; its failure becomes one line that begins with what was tried. */
export function askAgent(
  call: Call,
  tried: string,
  work: (client: Client, writes: Writes) => Promise<number>,
): Promise<number> {
  return withClient(call, (client, writes) => attempt(call.io, tried, () => work(client, writes)));
}

/** How to reach the agent that flags and environment name, or what is wrong with them. */
export function connectionOptions(call: Call): ConnectionOptions | string {
  const foreign = foreignTenancy(call);
  if (foreign !== undefined) return foreign;
  const resolved = connectionFromEnvironment(overlaid(call.io.environment, call.flags), files);
  if (!resolved.ok) return asGiven(resolved, call.flags);
  const query = sharedQuery(call.flags);
  const author = call.io.user?.();
  const reason = call.flags.text('reason');
  return {
    ...resolved.options,
    ...(query && { query }),
    ...(author && { author }),
    ...(reason && { reason }),
    onWarning: (line) => call.io.err(`Warning: ${line}`),
  };
}

/** A namespace or partition that is none of ours, by flag or by variable. */
function foreignTenancy({ flags, io }: Call): string | undefined {
  const { CONSUL_NAMESPACE, CONSUL_PARTITION } = io.environment;
  /** The variable that each flag stands for. */
  const variables = { namespace: CONSUL_NAMESPACE, partition: CONSUL_PARTITION };
  for (const [name, variable] of Object.entries(variables)) {
    const flag = flags.text(name);
    const value = flag ?? variable;
    if (!value || value === 'default') continue;
    const given = flag === undefined ? `CONSUL_${name.toUpperCase()}` : `-${name}`;
    return `${given} is "${value}"; only "default" exists here`;
  }
  return undefined;
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
