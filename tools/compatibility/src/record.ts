import { agentUnderTest, consulVersion, freePorts, labAgent, labCli } from '@chancery/testing';
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

/** In a Consul an alias may miss that its service came, and never hear of it: then another one is started. */
const consulsTried = 5;

async function onNewAgent<T>(play: (agent: Agent, stands: Stands) => Promise<T>): Promise<T> {
  const most = labAgent().isPeer ? consulsTried : 1;
  for (let tries = 1; ; tries += 1) {
    await using stack = new AsyncDisposableStack();
    const { agent, stands } = await withServices(stack);
    const isReady = registered(agent.ports.http).then(() => true);
    if (await (tries < most ? isReady.catch(() => false) : isReady)) {
      return await play(agent, stands);
    }
  }
}

async function withServices(
  stack: AsyncDisposableStack,
): Promise<{ readonly agent: Agent; readonly stands: Stands }> {
  const [http = 0, grpc = 0] = await freePorts(2);
  const ports = { http, grpc };
  const agent = stack.use(await agentUnderTest({ args: agentArguments, ports }));
  const stands = new Map([
    [String(http), '<http port>'],
    [String(grpc), '<grpc port>'],
  ]);
  await atRest(http);
  await playHttp(http, services, stands);
  return { agent, stands };
}
