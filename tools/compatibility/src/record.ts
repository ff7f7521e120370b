import { agentUnderTest, consulVersion, freePorts, labCli } from '@chancery/testing';
import { atRest, registered } from './at-rest.ts';
import { commandScript } from './command-script.ts';
import { httpScript } from './http-script.ts';
import type { Stands } from './normalise.ts';
import { playCommands, playHttp } from './play.ts';
import type { Recording } from './recording.ts';
import { agentArguments, services } from './setting.ts';

/** Plays both scripts, each on an agent of its own; the agent and the command line are the ones under test. */
export async function record(): Promise<Recording> {
  const [http, commands] = await Promise.all([
    onNewAgent((agent, stands) => playHttp(agent.ports.http, httpScript, stands)),
    onNewAgent((agent, stands) => playCommands(labCli().path, agent, commandScript, stands)),
  ]);
  return { consul: consulVersion, http, commands };
}

type Agent = Awaited<ReturnType<typeof agentUnderTest>>;

async function onNewAgent<T>(play: (agent: Agent, stands: Stands) => Promise<T>): Promise<T> {
  const [httpPort = 0, grpc = 0] = await freePorts(2);
  const ports = { http: httpPort, grpc };
  await using agent = await agentUnderTest({ args: agentArguments, ports });
  const stands = new Map([
    [String(ports.http), '<http port>'],
    [String(ports.grpc), '<grpc port>'],
  ]);
  await atRest(ports.http);
  await registered(ports.http, () => playHttp(ports.http, services, stands));
  return await play(agent, stands);
}
