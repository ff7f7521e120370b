import { join } from 'node:path';
import type { Client } from '@chancery/client';
import type { IntentionAction } from '@chancery/intentions';
import {
  agentUnderTest,
  type EnvoyAdmin,
  echoService,
  freePorts,
  type Sidecar,
  sidecar,
  temporaryFolder,
} from '@chancery/testing';
import { callerAs, type Dialled } from './caller.ts';
import { accessLogs, type DecisionLog, decisionLog, logFile } from './decision-log.ts';
import { type Explained, explained } from './explained.ts';
import { type Destination, destinations, sources } from './operation.ts';
import { openRegistry, type Place, type Registry } from './registry.ts';
import { type WebEnvoy, webEnvoy } from './web-envoy.ts';

/** A source of the test's own: its verdict is turned to see that Envoy has come to a state. */
export const fence = 'fence';

/** A destination with its real Envoy. */
export interface Guarded extends Place {
  readonly admin: EnvoyAdmin;
  readonly log: DecisionLog;
}

/** One agent, a real Envoy before each destination and one beside the source `web`, and a certificate for every source. */
export interface OracleMesh extends Registry, AsyncDisposable {
  readonly client: Client;
  readonly guarded: readonly Guarded[];
  readonly web: WebEnvoy;
  /** What the intention of the fence to each destination says at present; kept from sequence to sequence. */
  readonly fences: Map<Destination, IntentionAction>;
  /** Dials the sidecar of a destination with the certificate of a source. */
  dial(source: string, to: Guarded): Promise<Dialled>;
  /** What the agent explains about a connection. */
  explain(source: string, destination: string): Promise<Explained>;
}

/**
 * With one worker, a connection that is opened after another one showed a policy in force meets that policy or a later one;
 * several workers come to it one after the other.
 */
const oneWorker = ['--concurrency', '1'];

/** Access logs are written to a file below where each Envoy runs, and soon. */
const logsSoon = ['--file-flush-interval-msec', '20'];

/** Starts the mesh, with all destinations registered. */
export async function oracleMesh(
  defaultAction: IntentionAction,
  env: NodeJS.ProcessEnv = {},
): Promise<OracleMesh> {
  await using stack = new AsyncDisposableStack();
  const config = `default_intention_policy = "${defaultAction}"
${accessLogs}`;
  const agent = stack.use(await agentUnderTest({ config, env }));
  const places = await placesIn(stack);
  const registry = await openRegistry(agent.client, places);
  const start = async (service: string, cwd: string): Promise<Sidecar> =>
    stack.use(await sidecar({ agent, for: service, args: [...oneWorker, ...logsSoon], cwd }));
  const folder = async (): Promise<string> => stack.use(await temporaryFolder()).path;
  const { admin } = await start('web', await folder());
  const guarded = await Promise.all(
    places.map(async (place) => {
      const cwd = await folder();
      const { admin } = await start(place.service, cwd);
      return { ...place, admin, log: decisionLog(join(cwd, logFile)) };
    }),
  );
  const dial = await dialler(agent.client);
  const owned = stack.move();
  return {
    client: agent.client,
    guarded,
    web: webEnvoy(admin),
    fences: new Map(),
    ...registry,
    dial,
    explain: (source, destination) => explained(agent.ports.http, source, destination),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function placesIn(stack: AsyncDisposableStack): Promise<readonly Place[]> {
  return await Promise.all(
    destinations.map(async (service) => {
      const [port = 0, upstreamPort = 0] = await freePorts(2);
      const echo = stack.use(await echoService({ prefix: `${service}: ` }));
      return { service, port, upstreamPort, echoPort: echo.port };
    }),
  );
}

async function dialler(client: Client): Promise<OracleMesh['dial']> {
  const named = [...sources, fence].map(
    async (source) => [source, await callerAs(source, client)] as const,
  );
  const callers = new Map(await Promise.all(named));
  return async (source, to) => {
    const caller = callers.get(source);
    if (caller === undefined) throw new Error(`${source} has no certificate`);
    return await caller.dial(to, `${source} knocks`);
  };
}
