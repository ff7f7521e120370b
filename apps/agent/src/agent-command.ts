import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Call, Command } from '@chancery/cli';
import { type ConfigRequest, type LoadedConfig, loadAgentConfig } from '@chancery/config-files';
import type { AgentConfig } from '@chancery/model';
import { checkCustomConfig } from '@chancery/xds-translator';
import { agentFlags, configRequest } from './config/agent-flags.ts';
import { createLog, type Log } from './log.ts';
import { readyLines } from './ready-lines.ts';
import { type Agent, startAgent } from './start-agent.ts';
import { untilStopped } from './until-stopped.ts';

/** `chancery agent`: runs until it is told to stop. */
export const command: Command = {
  usage: '[-dev] [-config-file F] [-config-dir D] [-data-dir P] [options]',
  about:
    'Runs the agent: catalog, certificate authority, intentions and xDS server in one process.',
  flags: agentFlags,
  run: runAgent,
};

async function runAgent({ flags, args, io }: Call): Promise<number> {
  if (args.length > 0) {
    io.err(`agent takes no arguments, found "${args[0]}": files are given with -config-file`);
    return 1;
  }
  const request = configRequest(flags, process.env, hostname());
  const loaded = load(request);
  if (!loaded.ok) {
    for (const line of loaded.lines) io.err(line);
    return 1;
  }
  const { log, monitor } = createLog(loaded.config);
  for (const warning of loaded.warnings) log.warn({ part: 'config' }, warning);
  const stop = untilStopped();
  try {
    await using agent = await startAgent(
      loaded.config,
      { readConfig: () => load(request), leave: stop.now },
      { log, monitor, now: Date.now, random: Math.random, newId: randomUUID },
    );
    using _hangup = reloadOnHangup(agent, log);
    warnOfOpenAddress(loaded.config, log);
    for (const line of readyLines(loaded.config, agent.listeners)) io.out(line);
    await stop.promise;
    log.info({ part: 'agent' }, 'stopping');
  } catch (error) {
    io.err((error as Error).message);
    return 1;
  }
  return 0;
}

/** There are no tokens yet: whoever reaches the listeners may change the mesh, and read the keys of its services. */
function warnOfOpenAddress({ listen, ports }: AgentConfig, log: Log): void {
  const served = [...(ports.http > 0 ? listen.http : []), ...(ports.grpc > 0 ? listen.grpc : [])];
  const open = new Set(
    served.flatMap((each) => (each.kind === 'tcp' && !isLoopback(each.host) ? [each.host] : [])),
  );
  if (open.size === 0) return;
  const message =
    'HTTP and xDS are served beyond this machine, without authentication: whoever reaches them may read keys and change who may talk to whom';
  log.warn({ part: 'agent', address: [...open].join(' ') }, message);
}

function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || address.startsWith('127.');
}

/** SIGHUP reads the configuration again, as service managers ask of an agent; without this it would end it. */
function reloadOnHangup(agent: Agent, log: Log): Disposable {
  const part = 'config';
  const onHangup = (): void => {
    agent.reload().then(
      (outcome) => {
        if (outcome.ok) log.info({ part }, 'read again');
        else log.error({ part }, `not read again: ${outcome.message}`);
      },
      (err) => log.error({ part, err }, 'not read again'),
    );
  };
  process.on('SIGHUP', onHangup);
  return { [Symbol.dispose]: () => process.off('SIGHUP', onHangup) };
}

/** The configuration, in which a durable agent must have a place for its state. */
function load(request: ConfigRequest): LoadedConfig {
  const loaded = loadAgentConfig({ ...request, checkService: checkCustomConfig });
  if (!loaded.ok || loaded.config.dev || loaded.config.dataDir !== undefined) return loaded;
  const line = 'data_dir cannot be empty: give -data-dir, or -dev to keep everything in memory';
  return { ok: false, lines: [line] };
}
