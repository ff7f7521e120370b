import { type Client, createClient } from '@chancery/client';
import { freePorts, startProgram, temporaryFolder, until } from '@chancery/testing';
import { type ProcessUsage, processUsage } from '../process-usage.ts';
import type { AgentPorts, Subject } from './subject.ts';

/** An agent that runs, or is about to. */
export interface LaunchedAgent extends AsyncDisposable {
  readonly ports: AgentPorts;
  /** Just before the process was created, in nanoseconds of the machine's monotonic clock. */
  readonly launchedAt: bigint;
  /** Keeps its connections. */
  readonly client: Client;
  usage(): ProcessUsage;
  /** Waits until it takes writes. */
  ready(): Promise<void>;
}

/** How many requests a measure may have under way. */
export const connections = 8;

/** Starts an agent on free ports and does not wait for it. */
export async function launchAgent(
  subject: Subject,
  {
    durable = false,
    configFile,
  }: { readonly durable?: boolean; readonly configFile?: string } = {},
): Promise<LaunchedAgent> {
  await using stack = new AsyncDisposableStack();
  const [http = 0, grpc = 0, ...others] = await freePorts(4);
  const ports = { http, grpc, others };
  const dataDir = durable ? stack.use(await temporaryFolder()).path : undefined;
  const args = subject.agentArguments({
    ports,
    ...(dataDir !== undefined && { dataDir }),
    ...(configFile !== undefined && { configFile }),
  });
  const launchedAt = process.hrtime.bigint();
  const program = stack.use(startProgram({ program: subject.program, args }));
  const address = { kind: 'tcp', scheme: 'http', host: '127.0.0.1', port: http } as const;
  const client = stack.use(createClient({ address, keepAlive: connections }));
  const owned = stack.move();
  return {
    ports,
    launchedAt,
    client,
    usage: () => processUsage(program.pid),
    async ready() {
      await until(() => hasLeader(client), {
        withinMs: 20_000,
        what: `${subject.name} was ready: ${program.output()}`,
        unless: () => !program.running,
      });
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function hasLeader(client: Client): Promise<boolean> {
  const { text } = await client.connection.send({ method: 'GET', path: '/v1/status/leader' });
  return text.length > '""'.length;
}
