import { type Client, ClientError, type IntentionWrite, type NewIntention } from '@chancery/client';
import { withClient } from '../ask-agent.ts';
import { attempt, fail } from '../attempt.ts';
import { reasonFlag, waitFlags, waitingOf } from '../change-flags.ts';
import type { Call, Command } from '../command.ts';
import { enforced } from '../enforced.ts';
import { httpFlags } from '../http-flags.ts';
import { keyValues } from '../key-values.ts';
import { intentionLine } from './line.ts';
import { servicePair } from './pair.ts';

/** `intention create` */
export const command: Command = {
  usage:
    '[-allow|-deny] [-replace] [-ttl TIME] [-wait] [-reason WORDS] [-meta k=v] SRC DST, or -file FILE...',
  about:
    'Allows (the default) or denies connections from one service to another. Either name may be "*".',
  examples: [
    'intention create -deny web db',
    'intention create -allow -replace web db',
    'intention create -deny -wait -reason "incident 42" web db',
    'intention create -deny -replace -ttl 30m web db',
  ],
  flags: [
    { name: 'allow', kind: 'switch', about: 'Allow the connection; this is the default.' },
    { name: 'deny', kind: 'switch', about: 'Deny the connection.' },
    { name: 'replace', kind: 'switch', about: 'Write over an intention that exists.' },
    {
      name: 'ttl',
      kind: 'text',
      value: '30m',
      about: 'Undo it by itself after so long: what stood there before comes back.',
    },
    {
      name: 'meta',
      kind: 'list',
      value: 'k=v',
      about: 'Keep this with the intention; may be repeated.',
    },
    {
      name: 'file',
      kind: 'switch',
      about: 'The arguments are files, each with one intention as JSON.',
    },
    reasonFlag,
    ...waitFlags,
    ...httpFlags,
  ],
  operands: ['source', 'service'],
  async run(call) {
    const waiting = await waitingOf(call.flags);
    if (!waiting.ok) return fail(call.io, waiting.message);
    const intentions = await declared(call);
    if (!intentions.ok) return fail(call.io, intentions.message);
    return await withClient(call, async (client, writes) => {
      for (const intention of intentions.value) {
        const code = await write(client, intention, call);
        if (code !== 0) return code;
      }
      return await enforced(call, waiting, writes);
    });
  },
};

type Declared =
  | { readonly ok: true; readonly value: readonly NewIntention[] }
  | { readonly ok: false; readonly message: string };

async function declared({ flags, args }: Call): Promise<Declared> {
  if (flags.on('allow') && flags.on('deny')) {
    return { ok: false, message: 'Only one of -allow or -deny may be specified.' };
  }
  if (flags.on('file')) {
    if (args.length === 0) return { ok: false, message: 'Error: -file needs at least one file' };
    const { intentionsFromFiles } = await import('./intention-file.ts');
    return intentionsFromFiles(args);
  }
  const [source, destination, ...more] = args;
  if (source === undefined || destination === undefined || more.length > 0) {
    return { ok: false, message: 'Error: Must specify two arguments: source and destination' };
  }
  const pair = servicePair(source, destination);
  const meta = keyValues('meta', flags.list('meta'));
  if (!pair.ok) return pair;
  if (!meta.ok) return meta;
  const intention: NewIntention = {
    SourceName: pair.source,
    DestinationName: pair.destination,
    SourceType: 'consul',
    Action: flags.on('deny') ? 'deny' : 'allow',
    ...(Object.keys(meta.value).length > 0 && { Meta: meta.value }),
  };
  return { ok: true, value: [intention] };
}

function write(client: Client, intention: NewIntention, call: Call): Promise<number> {
  const line = intentionLine(intention);
  const tried = `Error creating intention "${line}"`;
  return attempt(call.io, tried, async () => {
    const ttl = call.flags.text('ttl');
    const options = ttl === undefined ? {} : { ttl };
    if (call.flags.on('replace') && (await replaced(client, intention, options))) return 0;
    try {
      await client.intentions.create(intention, options);
    } catch (error) {
      const existing = await duplicate(client, intention, error);
      if (existing === undefined) throw error;
      return fail(call.io, `${tried}: ${existing} exists; use -replace to write over it`);
    }
    call.io.out(`Created: ${line}${ttl === undefined ? '' : `, for ${ttl}`}`);
    return 0;
  });
}

/** Writes over the intention about the same pair, if there is one. Only one with an ID has metadata of its own. */
async function replaced(
  client: Client,
  intention: NewIntention,
  options: IntentionWrite,
): Promise<boolean> {
  const existing = await client.intentions.exact(intention.SourceName, intention.DestinationName);
  if (existing === undefined) return false;
  if (existing.ID) await client.intentions.update(existing.ID, intention, options);
  else await client.intentions.upsert(intention, options);
  return true;
}

/** The intention that stood in the way, when that is why a create failed. */
async function duplicate(
  client: Client,
  intention: NewIntention,
  error: unknown,
): Promise<string | undefined> {
  if (!(error instanceof ClientError) || error.status !== 500) return undefined;
  const existing = await client.intentions.exact(intention.SourceName, intention.DestinationName);
  return existing && `"${intentionLine(existing)}"`;
}
