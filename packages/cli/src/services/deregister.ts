import type { Client } from '@chancery/client';
import { withClient } from '../ask-agent.ts';
import { attempt, fail } from '../attempt.ts';
import { reasonFlag, waitFlags, waitingOf } from '../change-flags.ts';
import type { Call, Command } from '../command.ts';
import { enforced } from '../enforced.ts';
import { httpFlags } from '../http-flags.ts';

/** `services deregister` */
export const command: Command = {
  usage: '[-wait] [-reason WORDS] -id ID, or FILE...',
  about: 'Deregisters the service with an ID, or every service that the files declare.',
  examples: ['services deregister -id web', 'services deregister web.hcl'],
  flags: [
    {
      name: 'id',
      kind: 'text',
      value: 'ID',
      about: 'The ID of the service: not its name.',
      completes: 'service-id',
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
    const id = flags.text('id') || undefined;
    if (id !== undefined && args.length > 0) {
      return fail(io, 'Service deregistration requires arguments or -id, not both.');
    }
    if (id === undefined && args.length === 0) {
      return fail(io, 'Service deregistration requires at least one argument or -id.');
    }
    const ids = id === undefined ? await idsFromFiles(args) : { ok: true as const, value: [id] };
    if (!ids.ok) return fail(io, ids.message);
    return await withClient(call, async (client, writes) => {
      const code = await deregister(client, ids.value, call);
      return code === 0 ? await enforced(call, waiting, writes) : code;
    });
  },
};

async function idsFromFiles(paths: readonly string[]) {
  const { registrationsFromFiles } = await import('./service-files.ts');
  const read = registrationsFromFiles(paths);
  if (!read.ok) return read;
  return { ok: true as const, value: read.value.map(({ service }) => service.id) };
}

async function deregister(client: Client, ids: readonly string[], { io }: Call): Promise<number> {
  for (const id of ids) {
    const code = await attempt(io, `Error deregistering service "${id}"`, async () => {
      await client.agent.deregister(id);
      io.out(`Deregistered service: ${id}`);
      return 0;
    });
    if (code !== 0) return code;
  }
  return 0;
}
