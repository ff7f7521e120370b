import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Client, createClient } from '@chancery/client';
import { freePorts } from './free-ports.ts';
import { labAgent, labCli } from './lab-programs.ts';
import { type Program, runToEnd, startProgram } from './program.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { until } from './until.ts';

/** What the agent is started with; free ports, dev mode and no services unless something else is said. */
export interface AgentOptions {
  /** The text of a configuration file. */
  readonly config?: string;
  /** The path of a configuration file; `config` is then not written. */
  readonly configFile?: string;
  readonly args?: readonly string[];
  /** Durable, on this folder, instead of dev mode. */
  readonly dataDir?: string;
  readonly ports?: AgentPorts;
  /** Variables of the agent's environment, beside those of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** Gives up waiting for it when aborted. */
  readonly signal?: AbortSignal;
}

/** Where the agent listens, on the loopback interface. */
export interface AgentPorts {
  readonly http: number;
  readonly grpc: number;
}

/** A real agent in a process of its own. */
export interface AgentUnderTest extends AsyncDisposable {
  readonly ports: AgentPorts;
  readonly client: Client;
  /** From the start of the process until the API answered. */
  readonly readyMs: number;
  /** All that the present process wrote so far. */
  output(): string;
  /** Runs one command of the real command line against this agent. */
  cli(
    ...args: string[]
  ): Promise<{ readonly code: number | NodeJS.Signals; readonly output: string }>;
  /** Kills the process as a crash would. */
  kill9(): Promise<void>;
  /** Starts it again with the same arguments, after it ended or by ending it. */
  restart(): Promise<void>;
}

const readyWithinMs = 15_000;

/** Starts `agent` with the real command line and waits until its API answers. */
export async function agentUnderTest(options: AgentOptions = {}): Promise<AgentUnderTest> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder());
  const ports = options.ports ?? (await twoPorts());
  const args = await agentArguments(options, ports, folder.path);
  const client = stack.use(
    createClient({ address: { kind: 'tcp', scheme: 'http', host: '127.0.0.1', port: ports.http } }),
  );
  const start = (): Promise<Started> => startAgent(args, client, options);
  let current = await start();
  stack.defer(() => current.program.stop());
  const owned = stack.move();
  return {
    ports,
    client,
    readyMs: current.readyMs,
    output: () => current.program.output(),
    cli: (...words) =>
      runToEnd({ program: labCli().path, args: words, env: agentEnvironment(ports) }),
    kill9: () => current.program.kill9(),
    async restart() {
      await current.program.stop();
      current = await start();
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** The environment in which the command line finds the agent. */
export function agentEnvironment(ports: AgentPorts): NodeJS.ProcessEnv {
  return { ...process.env, CONSUL_HTTP_ADDR: `127.0.0.1:${ports.http}` };
}

interface Started {
  readonly program: Program;
  readonly readyMs: number;
}

async function startAgent(
  args: readonly string[],
  client: Client,
  { env, signal }: AgentOptions,
): Promise<Started> {
  const start = performance.now();
  const program = startProgram({
    program: labAgent().path,
    args,
    env: { ...process.env, ...env },
  });
  try {
    await until(() => isReady(client), {
      withinMs: readyWithinMs,
      what: 'the agent answered',
      unless: () => !program.running || signal?.aborted === true,
    });
    return { program, readyMs: performance.now() - start };
  } catch (error) {
    await program.stop();
    throw new Error(`the agent did not become ready:\n${program.output().slice(-2000)}`, {
      cause: error,
    });
  }
}

/** Ready is an agent that knows its leader; one that is only starting does not. */
async function isReady(client: Client): Promise<boolean> {
  const { text } = await client.connection.send({ method: 'GET', path: '/v1/status/leader' });
  return text.length > '""'.length;
}

async function twoPorts(): Promise<AgentPorts> {
  const [http = 0, grpc = 0] = await freePorts(2);
  return { http, grpc };
}

async function agentArguments(
  options: AgentOptions,
  ports: AgentPorts,
  folder: string,
): Promise<readonly string[]> {
  const file = options.configFile ?? join(folder, 'agent.hcl');
  if (options.configFile === undefined) await writeFile(file, options.config ?? '');
  return [
    'agent',
    ...(options.dataDir === undefined ? ['-dev'] : ['-data-dir', options.dataDir]),
    // What it is bound to by itself depends on the addresses of the machine.
    ...[
      '-bind',
      '127.0.0.1',
      '-config-file',
      file,
      '-http-port',
      `${ports.http}`,
      '-grpc-port',
      `${ports.grpc}`,
    ],
    ...(labAgent().isPeer ? await peerArguments() : []),
    ...(options.args ?? []),
  ];
}

/** A real Consul listens on more ports. */
async function peerArguments(): Promise<readonly string[]> {
  const [server, lan, wan] = await freePorts(3);
  return [
    ...['-server', '-bootstrap-expect', '1', '-dns-port', '-1'],
    ...['-grpc-tls-port', '-1', '-server-port', `${server}`],
    ...['-serf-lan-port', `${lan}`, '-serf-wan-port', `${wan}`],
  ];
}
