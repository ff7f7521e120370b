import type { Client } from '@chancery/client';
import { bootstrap, dataHome, findEnvoy, runEnvoy } from '@chancery/envoy-runner';
import type { JsonObject } from '@chancery/model';
import { connectionOptions, withClient } from '../ask-agent.ts';
import { fail } from '../attempt.ts';
import type { Call, Command } from '../command.ts';
import { asksForGateway } from './asks-for-gateway.ts';
import { bootstrapOptions, reportIssues } from './bootstrap-options.ts';
import { envoyFlags } from './envoy-flags.ts';
import { chosenProxy } from './proxy-id.ts';
import { xdsAddress } from './xds-address.ts';

/** `connect envoy` */
export const command: Command = {
  usage: '-sidecar-for ID [flags] [-- ENVOY-ARGUMENTS]',
  about:
    "Runs Envoy in the foreground as the sidecar of a service, and ends with Envoy's exit code. What stands behind -- is passed to Envoy.",
  examples: [
    'connect envoy -sidecar-for web',
    'connect envoy -sidecar-for db -admin-bind localhost:19001 -- -l debug',
  ],
  flags: envoyFlags,
  arguments: 'split',
  async run(call) {
    const [stray] = call.args;
    if (stray !== undefined) {
      return fail(
        call.io,
        `unexpected argument "${stray}": what is meant for Envoy stands behind --`,
      );
    }
    const gateway = asksForGateway(call.flags);
    if (gateway !== undefined) return fail(call.io, gateway);
    let prepared: JsonObject | undefined;
    const code = await withClient(call, async (client) => {
      prepared = await preparedBootstrap(client, call);
      return prepared === undefined ? 1 : 0;
    });
    if (prepared === undefined) return code;
    if (call.flags.on('bootstrap')) {
      call.io.out(JSON.stringify(prepared, null, 2));
      return 0;
    }
    return await runFound(prepared, call);
  },
};

async function preparedBootstrap(client: Client, call: Call): Promise<JsonObject | undefined> {
  const proxyId = await chosenProxy(client, call);
  if (proxyId === undefined) return undefined;
  const address = await xdsAddress(client, call);
  const connection = connectionOptions(call);
  if (address === undefined || typeof connection === 'string') return undefined;
  const source = { client, proxyId, xdsAddress: address, token: connection.token ?? '' };
  const options = await bootstrapOptions(source, call);
  if (options === undefined) return undefined;
  const made = bootstrap(options);
  if (made.ok) return made.value;
  reportIssues(made.issues, call);
  return undefined;
}

async function runFound(prepared: JsonObject, call: Call): Promise<number> {
  const { environment } = call.io;
  const found = await findEnvoy({
    flag: call.flags.text('envoy-binary'),
    env: environment.CHANCERY_ENVOY,
    path: environment.PATH,
    dataHome: dataHome({ ...environment }),
  });
  if (!found.ok) return fail(call.io, `Couldn't find envoy binary: ${found.message}`);
  try {
    const code = await runEnvoy({ binary: found.binary, bootstrap: prepared, args: call.rest });
    if (code !== 0) await explain(prepared, call);
    return code;
  } catch (error) {
    return fail(
      call.io,
      `Couldn't run ${found.binary}: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** The way out after Envoy's own words, where it ended because its admin interface found no place. */
async function explain(prepared: JsonObject, { io }: Call): Promise<void> {
  const { takenAdminAddress } = await import('./admin-address.ts');
  const taken = await takenAdminAddress(prepared);
  if (taken === undefined) return;
  io.err(`${taken} is taken: give Envoy's admin interface another address with -admin-bind`);
}
