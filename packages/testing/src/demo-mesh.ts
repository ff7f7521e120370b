import { type AgentOptions, type AgentUnderTest, agentUnderTest } from './agent-under-test.ts';
import { type Dialled, dial, type Exchange, talk } from './dial.ts';
import { type EchoService, echoService } from './echo-service.ts';
import { meshConfig, planMesh } from './mesh-plan.ts';
import { type Sidecar, sidecar } from './sidecar.ts';
import { until } from './until.ts';

/** A mesh of an echo service `db` and those who dial it. */
export interface DemoMeshOptions {
  /** Services that have `db` as their upstream; `web` alone unless it is given. */
  readonly sources?: readonly string[];
  /** How many instances `db` has: `db`, `db-2`, …; with several, each answers with its ID before the echo. */
  readonly instances?: number;
  /** More of each `db` instance's service block, such as a check. */
  readonly instanceConfig?: (id: string) => string;
  readonly sotw?: boolean;
  readonly agent?: AgentOptions;
}

/** A source of the mesh: its Envoy, and the way through it to `db`. */
export interface Source {
  readonly name: string;
  readonly sidecar: Sidecar;
  /** Where the app would dial `db`. */
  readonly port: number;
  talk(text: string, withinMs?: number): Promise<Exchange>;
  dial(): Dialled;
}

/** An instance of `db`. */
export interface Instance {
  readonly id: string;
  readonly sidecar: Sidecar;
  readonly echo: EchoService;
  readonly sidecarPort: number;
}

/** A running mesh: one agent, and a real Envoy beside every service. */
export interface DemoMesh extends AsyncDisposable {
  readonly agent: AgentUnderTest;
  readonly sources: readonly Source[];
  readonly instances: readonly Instance[];
  /** The first source. */
  readonly web: Source;
  /** Waits until the first source gets an echo from every instance. */
  connected(withinMs?: number): Promise<void>;
}

/** Starts the mesh; its Envoys serve when this returns, but traffic may not flow yet. */
export async function demoMesh(options: DemoMeshOptions = {}): Promise<DemoMesh> {
  await using stack = new AsyncDisposableStack();
  const plan = await planMesh(options);
  const agent = stack.use(await agentUnderTest({ ...options.agent, config: meshConfig(plan) }));
  const start = async (id: string): Promise<Sidecar> =>
    stack.use(await sidecar({ agent, for: id, sotw: options.sotw === true }));
  const instances: Instance[] = [];
  for (const { id, port, sidecarPort } of plan.instances) {
    const prefix = plan.instances.length > 1 ? `${id}: ` : '';
    const echo = stack.use(await echoService({ port, prefix }));
    instances.push({ id, echo, sidecarPort, sidecar: await start(id) });
  }
  const sources: Source[] = [];
  for (const { name, bindPort } of plan.sources) {
    sources.push(source(name, bindPort, await start(name)));
  }
  const [web] = sources;
  if (web === undefined) throw new Error('a mesh has at least one source');
  const owned = stack.move();
  return {
    agent,
    sources,
    instances,
    web,
    connected: (withinMs = 20_000) => connected(web, instances, withinMs),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function source(name: string, port: number, envoy: Sidecar): Source {
  return {
    name,
    port,
    sidecar: envoy,
    talk: (text, withinMs) => talk(port, text, withinMs),
    dial: () => dial(port),
  };
}

async function connected(
  web: Source,
  instances: readonly Instance[],
  withinMs: number,
): Promise<void> {
  const seen = new Set<string>();
  await until(
    async () => {
      const { verdict, answer } = await web.talk('connected?', 500);
      if (verdict === 'echo') seen.add(answer);
      return seen.size === instances.length;
    },
    { withinMs, what: `${web.name} had an echo from each of ${instances.length} instances` },
  );
}
