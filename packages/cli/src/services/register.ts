import type { Client, ServiceRegistrationEntry, TaggedAddressEntry } from '@chancery/client';
import { withClient } from '../ask-agent.ts';
import { attempt, fail } from '../attempt.ts';
import { reasonFlag, waitFlags, waitingOf } from '../change-flags.ts';
import type { Call, Command } from '../command.ts';
import { enforced } from '../enforced.ts';
import type { Flags } from '../flags.ts';
import { httpFlags } from '../http-flags.ts';
import { keyValues } from '../key-values.ts';

const own = ['id', 'name', 'address', 'port', 'socket', 'kind', 'tag', 'meta', 'tagged-address'];

const serviceKinds = [
  'api-gateway',
  'connect-proxy',
  'ingress-gateway',
  'mesh-gateway',
  'terminating-gateway',
];

/** `services register` */
export const command: Command = {
  usage: '-name NAME [flags], or [-wait] [-reason WORDS] FILE...',
  about: 'Registers the service that the flags describe, or every service that the files declare.',
  examples: ['services register web.hcl', 'services register -name web -port 8080 -tag v1'],
  flags: [
    { name: 'name', kind: 'text', value: 'name', about: 'The name of the service.' },
    {
      name: 'id',
      kind: 'text',
      value: 'ID',
      about: 'The ID of this instance; its name unless given.',
    },
    {
      name: 'address',
      kind: 'text',
      value: 'host',
      about: "Its address; its node's unless given.",
    },
    { name: 'port', kind: 'number', value: 'port', about: 'Its port.' },
    {
      name: 'socket',
      kind: 'text',
      value: 'path',
      about: 'Its Unix socket, in place of address and port.',
    },
    {
      name: 'kind',
      kind: 'text',
      value: 'kind',
      about: 'What it is to the mesh, such as connect-proxy; nothing for a service.',
      completes: serviceKinds,
    },
    { name: 'tag', kind: 'list', value: 'tag', about: 'A tag; may be repeated.' },
    { name: 'meta', kind: 'list', value: 'k=v', about: 'Metadata; may be repeated.' },
    {
      name: 'tagged-address',
      kind: 'list',
      value: 'k=host:port',
      about: 'An address for one purpose; may be repeated.',
    },
    reasonFlag,
    ...waitFlags,
    ...httpFlags,
  ],
  operands: ['file'],
  async run(call) {
    const { args, flags, io } = call;
    const waiting = await waitingOf(flags);
    if (!waiting.ok) return fail(io, waiting.message);
    if (args.length > 0 && flags.given(...own)) {
      return fail(io, 'Service registration requires arguments or flags, not both.');
    }
    if (args.length === 0 && !flags.given('name')) {
      return fail(io, 'Service registration requires at least one argument or -name.');
    }
    const declared = args.length > 0 ? await fromFiles(args) : fromFlags(flags);
    if (!declared.ok) return fail(io, declared.message);
    return await withClient(call, async (client, writes) => {
      const code = await register(client, declared.value, call);
      return code === 0 ? await enforced(call, waiting, writes) : code;
    });
  },
};

type Declared =
  | { readonly ok: true; readonly value: readonly ServiceRegistrationEntry[] }
  | { readonly ok: false; readonly message: string };

async function fromFiles(paths: readonly string[]): Promise<Declared> {
  const { registrationsFromFiles } = await import('./service-files.ts');
  const read = registrationsFromFiles(paths);
  if (!read.ok) return read;
  const { registrationEntry } = await import('./registration-entry.ts');
  return { ok: true, value: read.value.map(registrationEntry) };
}

function fromFlags(flags: Flags): Declared {
  const meta = keyValues('meta', flags.list('meta'));
  const pairs = keyValues('tagged-address', flags.list('tagged-address'));
  if (!meta.ok) return meta;
  if (!pairs.ok) return pairs;
  const addresses = taggedAddresses(pairs.value);
  if (typeof addresses === 'string') return { ok: false, message: addresses };
  const port = flags.number('port');
  const entry: ServiceRegistrationEntry = {
    Name: flags.text('name') ?? '',
    ...text(flags, 'kind', 'Kind'),
    ...text(flags, 'id', 'ID'),
    ...text(flags, 'address', 'Address'),
    ...text(flags, 'socket', 'SocketPath'),
    ...(port !== undefined && { Port: port }),
    ...(flags.given('tag') && { Tags: flags.list('tag') }),
    ...(flags.given('meta') && { Meta: meta.value }),
    ...(flags.given('tagged-address') && { TaggedAddresses: addresses }),
  };
  return { ok: true, value: [entry] };
}

function text(flags: Flags, flag: string, key: string): Readonly<Record<string, string>> {
  const value = flags.text(flag);
  return value === undefined || value === '' ? {} : { [key]: value };
}

function taggedAddresses(
  pairs: Readonly<Record<string, string>>,
): Readonly<Record<string, TaggedAddressEntry>> | string {
  const addresses: Record<string, TaggedAddressEntry> = {};
  for (const [name, value] of Object.entries(pairs)) {
    const [, host, port] = /^(?:\[(?=.*\]))?(.+?)\]?:(\d+)$/.exec(value) ?? [];
    if (host === undefined) {
      return `invalid value "${name}=${value}" for flag -tagged-address: it must be key=host:port`;
    }
    addresses[name] = { Address: host, Port: Number(port) };
  }
  return addresses;
}

async function register(
  client: Client,
  entries: readonly ServiceRegistrationEntry[],
  { io }: Call,
): Promise<number> {
  for (const entry of entries) {
    const code = await attempt(io, `Error registering service "${entry.Name}"`, async () => {
      await client.agent.register(entry);
      io.out(`Registered service: ${entry.Name}`);
      return 0;
    });
    if (code !== 0) return code;
  }
  return 0;
}
