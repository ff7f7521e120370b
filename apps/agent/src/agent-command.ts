import { randomUUID } from 'node:crypto';
import type { Call, Command } from '@chancery/cli';
import { type ConfigRequest, type FilesState, filesState, hostFacts } from '@chancery/config-files';
import type { AgentConfig } from '@chancery/model';
import { agentFlags } from './config/agent-flags.ts';
import { configRequest } from './config/config-request.ts';
import { reloadOnChange, reloadOnHangup } from './config/follow-config.ts';
import { loadConfig } from './config/load-config.ts';
import { type AgentLog, createLog } from './log/log.ts';
import { openPidFile } from './pid-file.ts';
import { readyLines } from './ready-lines.ts';
import { startAgent } from './start-agent.ts';
import { untilStopped } from './until-stopped.ts';
import { warnOfOpenAddress } from './warn-of-open-address.ts';

/** `chancery agent`: runs until it is told to stop. */
export const command: Command = {
  usage: '[-dev] [-config-file F] [-config-dir D] [-data-dir P] [options]',
  about:
    'Runs the agent: catalog, certificate authority, intentions and xDS server in one process.',
  examples: ['agent -dev', 'agent -config-dir /etc/chancery.d -data-dir /var/lib/chancery'],
  flags: agentFlags,
  run: runAgent,
};

async function runAgent({ flags, args, io }: Call): Promise<number> {
  if (args.length > 0) {
    io.err(`agent takes no arguments, found "${args[0]}": files are given with -config-file`);
    return 1;
  }
  const asked = configRequest(flags, process.env, hostFacts());
  if (!asked.ok) {
    io.err(asked.line);
    return 1;
  }
  const since = await filesState(asked.request.paths);
  const loaded = loadConfig(asked.request);
  if (!loaded.ok) {
    for (const line of loaded.lines) io.err(line);
    return 1;
  }
  try {
    await using stack = new AsyncDisposableStack();
    const agentLog = await openLog(loaded.config, stack);
    for (const warning of loaded.warnings) agentLog.log.warn({ part: 'config' }, warning);
    const { config, warnings } = loaded;
    await serve({ request: asked.request, since, config, warnings, agentLog }, io.out);
  } catch (error) {
    io.err((error as Error).message);
    return 1;
  }
  return 0;
}

interface Served {
  readonly request: ConfigRequest;
  /** The state of the files that were read. */
  readonly since: FilesState;
  readonly config: AgentConfig;
  readonly warnings: readonly string[];
  readonly agentLog: AgentLog;
}

async function serve(
  { request, since, config, warnings, agentLog }: Served,
  say: (line: string) => void,
): Promise<void> {
  const { log, monitor, setLevel: setLogLevel } = agentLog;
  const stop = untilStopped();
  using _pid = config.pidFile === undefined ? undefined : await openPidFile(config.pidFile);
  await using agent = await startAgent(
    config,
    {
      readConfig: () => loadConfig({ ...request, again: true }),
      warnings,
      setLogLevel,
      leave: stop.now,
    },
    { log, monitor, now: Date.now, random: Math.random, newId: randomUUID },
  );
  using _hangup = reloadOnHangup(agent, log);
  using _change = config.autoReloadConfig
    ? reloadOnChange(agent, log, { paths: request.paths, since })
    : undefined;
  warnOfOpenAddress(config, log);
  if (config.bindAddress !== config.advertiseAddress) {
    log.info({ part: 'agent', address: config.advertiseAddress }, 'others find this node at');
  }
  for (const line of readyLines(config, agent.listeners)) say(line);
  await stop.promise;
  log.info({ part: 'agent' }, 'stopping');
}

/** The log, in a file as well where one is asked for. */
async function openLog(config: AgentConfig, stack: AsyncDisposableStack): Promise<AgentLog> {
  if (config.logFile === undefined) return createLog(config);
  const { openLogFile } = await import('./log/log-file.ts');
  const toTerminal = (line: string): void => void process.stderr.write(line);
  const file = stack.use(await openLogFile(config.logFile, toTerminal));
  return createLog(config, (line) => {
    toTerminal(line);
    file.write(line);
  });
}
