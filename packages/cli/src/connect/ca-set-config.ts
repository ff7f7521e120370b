import type { OpaqueObject } from '@chancery/client';
import { askAgent } from '../ask-agent.ts';
import { fail } from '../attempt.ts';
import { reasonFlag } from '../change-flags.ts';
import type { Call, Command } from '../command.ts';
import { httpFlags } from '../http-flags.ts';

/** `connect ca set-config` */
export const command: Command = {
  usage: '-config-file FILE [-force-without-cross-signing]',
  about:
    'Changes how the certificates of the mesh are made, by a JSON file such as connect ca get-config prints. A change that asks for another root has every certificate signed anew.',
  examples: ['connect ca set-config -config-file ca.json'],
  flags: [
    {
      name: 'config-file',
      kind: 'text',
      value: 'path',
      about: 'The JSON file: Provider, and Config of that provider.',
      completes: 'file',
    },
    {
      name: 'force-without-cross-signing',
      kind: 'switch',
      about: 'Go on although the new root cannot be signed by the old one.',
    },
    reasonFlag,
    ...httpFlags,
  ],
  arguments: 'none',
  async run(call) {
    const { flags, io } = call;
    const path = flags.text('config-file');
    if (!path) return fail(io, 'The -config-file flag is required');
    const read = await configurationFrom(path);
    if (!read.ok) return fail(io, read.message);
    return await askAgent(call, 'Error setting CA configuration', async ({ connect }) => {
      await connect.configureCa({ ...read.value, ...forced(call) });
      io.out('Configuration updated!');
      return 0;
    });
  },
};

function forced({ flags }: Call): OpaqueObject {
  return flags.on('force-without-cross-signing') ? { ForceWithoutCrossSigning: true } : {};
}

async function configurationFrom(
  path: string,
): Promise<
  | { readonly ok: true; readonly value: OpaqueObject }
  | { readonly ok: false; readonly message: string }
> {
  const { jsonFile } = await import('../json-file.ts');
  const file = jsonFile(path);
  if (file.ok) return file;
  return {
    ok: false,
    message: `Error ${file.read ? 'parsing' : 'reading'} config file: ${file.problem}`,
  };
}
