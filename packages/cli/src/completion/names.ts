import { type Client, ClientError, createClient, entryName } from '@chancery/client';
import { connectionOptions } from '../ask-agent.ts';
import type { Flags, NameKind } from '../flags.ts';
import type { Io } from '../io.ts';
import { type Candidate, plain } from './offer.ts';

/** A shell that waits longer seems to hang. */
const patienceMs = 400;

/** What a name is completed from: the flags given so far, and the outside. */
export interface NameContext {
  readonly flags: Flags;
  readonly io: Io;
}

/** The names of a kind that the agent knows; none when it does not answer at once. */
export async function known(
  kind: Exclude<NameKind, 'file'>,
  { flags, io }: NameContext,
): Promise<readonly Candidate[]> {
  if (kind === 'entry-kind') {
    const { configEntryKinds } = await import('@chancery/model');
    return plain(configEntryKinds);
  }
  const options = connectionOptions({ flags, io, args: [], rest: [] });
  if (typeof options === 'string') return [];
  using client = createClient({ ...options, onWarning: () => undefined });
  try {
    return await lookUps[kind](client, { signal: AbortSignal.timeout(patienceMs) }, flags);
  } catch (error) {
    if (error instanceof ClientError) return [];
    throw error;
  }
}

type LookUp = (
  client: Client,
  options: { readonly signal: AbortSignal },
  flags: Flags,
) => Promise<readonly Candidate[]>;

const lookUps: Readonly<Record<Exclude<NameKind, 'file' | 'entry-kind'>, LookUp>> = {
  service: async ({ catalog }, options) =>
    plain(Object.keys((await catalog.services(options)).value)),
  source: async (client, options, flags) => [
    { value: '*', about: 'every service' },
    ...(await lookUps.service(client, options, flags)),
  ],
  node: async ({ catalog }, options) =>
    plain((await catalog.nodes(options)).value.map(({ Node }) => Node)),
  'service-id': async (client, options) => await instances(client, options, false),
  'proxy-id': async (client, options) => await instances(client, options, true),
  async 'entry-name'({ config }, options, flags) {
    const kind = flags.text('kind');
    return kind ? plain((await config.entries(kind, options)).value.map(entryName)) : [];
  },
};

async function instances(
  { agent }: Client,
  options: { readonly signal: AbortSignal },
  proxies: boolean,
): Promise<readonly Candidate[]> {
  return Object.values(await agent.services(options))
    .filter(({ Kind }) => (Kind === 'connect-proxy') === proxies)
    .map(({ ID, Service }) => ({ value: ID, about: Service }));
}
