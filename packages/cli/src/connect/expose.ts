import type { Client } from '@chancery/client';
import { withClient } from '../ask-agent.ts';
import { attempt, fail } from '../attempt.ts';
import { reasonFlag } from '../change-flags.ts';
import type { Call, Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';
import { serviceName } from '../intention/pair.ts';
import { type ExposedService, exposingEntry } from './ingress-entry.ts';

/** `connect expose` */
export const command: Command = {
  usage: '-service NAME -ingress-gateway NAME -port PORT [-protocol PROTOCOL] [-host NAME]...',
  about:
    'Lets traffic from outside of the mesh reach a service through an ingress gateway: adds the service to the config entry of the gateway, and allows the gateway to connect to it.',
  examples: ['connect expose -service web -ingress-gateway public -port 8080 -protocol http'],
  flags: [
    {
      name: 'service',
      kind: 'text',
      value: 'name',
      about: 'The service to expose.',
      completes: 'service',
    },
    {
      name: 'ingress-gateway',
      kind: 'text',
      value: 'name',
      about: 'The gateway that lets it in.',
      completes: 'service',
    },
    {
      name: 'port',
      kind: 'number',
      value: 'port',
      about: 'The port on which the gateway listens.',
    },
    {
      name: 'protocol',
      kind: 'text',
      value: 'protocol',
      about: 'What is spoken there: tcp (unless given), http, http2 or grpc.',
      completes: ['tcp', 'http', 'http2', 'grpc'],
    },
    {
      name: 'host',
      kind: 'list',
      value: 'name',
      about: 'The host name that leads to the service; may be repeated.',
    },
    reasonFlag,
    ...httpFlags,
  ],
  arguments: 'none',
  async run(call) {
    const meant = exposedService(call);
    if (!meant.ok) return fail(call.io, meant.message);
    return await withClient(call, async (client) => {
      const written = await writeEntry(client, meant.exposed, call);
      return written === 0 ? await writeIntention(client, meant.exposed, call) : written;
    });
  },
};

type Meant =
  | { readonly ok: true; readonly exposed: ExposedService }
  | { readonly ok: false; readonly message: string };

function exposedService({ flags }: Call): Meant {
  const [service, gateway] = [flags.text('service'), flags.text('ingress-gateway')];
  if (!service) return refused('A service name must be given via the -service flag.');
  if (!gateway) {
    return refused('An ingress gateway service must be given via the -ingress-gateway flag.');
  }
  const port = flags.number('port') ?? 0;
  if (port === 0) return refused('A port must be provided via the -port flag.');
  const [to, from] = [serviceName(service), serviceName(gateway)];
  if (!to.ok) return to;
  if (!from.ok) return from;
  const protocol = flags.text('protocol') ?? 'tcp';
  const hosts = flags.list('host');
  return { ok: true, exposed: { service: to.value, gateway: from.value, port, protocol, hosts } };
}

function refused(message: string): Meant {
  return { ok: false, message };
}

async function writeEntry(
  { config }: Client,
  exposed: ExposedService,
  { io }: Call,
): Promise<number> {
  const { gateway, service, port } = exposed;
  const tried = 'Error fetching existing ingress gateway configuration';
  return await attempt(io, tried, async () => {
    const existing = await config.entry('ingress-gateway', gateway);
    const changed = exposingEntry(existing, exposed);
    if (!changed.ok) return fail(io, changed.message);
    if (changed.replaces) {
      io.out(`Updating service definition for "${service}" on listener with port ${port}`);
    }
    return await attempt(io, 'Error writing ingress config entry', async () => {
      if (!(await config.write(changed.entry, { cas: existing?.ModifyIndex ?? 0 }))) {
        return fail(io, `The config entry of "${gateway}" was changed meanwhile: try again`);
      }
      io.out(`Successfully updated config entry for ingress service "${gateway}"`);
      return 0;
    });
  });
}

async function writeIntention(
  { intentions }: Client,
  { gateway, service }: ExposedService,
  { io }: Call,
): Promise<number> {
  const pair = `"${gateway}" -> "${service}"`;
  return await attempt(io, `Error setting up intention for ${pair}`, async () => {
    if ((await intentions.exact(gateway, service))?.Action === 'allow') {
      io.out(`Intention already exists for ${pair}`);
      return 0;
    }
    await intentions.upsert({
      SourceName: gateway,
      DestinationName: service,
      SourceType: 'consul',
      Action: 'allow',
    });
    io.out(`Successfully set up intention for ${pair}`);
    return 0;
  });
}
