import { type AgentOptions, type AgentUnderTest, agentUnderTest } from './agent-under-test.ts';
import type { Absent } from './builtin-sidecar.ts';
import { type Dialled, dial, type Exchange, talk } from './dial.ts';
import { type EchoService, echoService } from './echo-service.ts';
import { meshConfig, planMesh } from './mesh-plan.ts';
import { type Plane, type Sidecar, type SidecarOptions, sidecar } from './sidecar.ts';
import { until } from './until.ts';

/** A mesh of an echo service `db` and those who dial it, whatever its sidecars are. */
interface MeshSetting {
  /** Services that have `db` as their upstream; `web` alone unless it is given. */
  readonly sources?: readonly string[];
  /** How many instances `db` has: `db`, `db-2`, …; with several, each answers with its ID before the echo. */
  readonly instances?: number;
  /** More of each `db` instance's service block, such as a check. */
  readonly instanceConfig?: (id: string) => string;
  readonly agent?: AgentOptions;
}

/** A mesh of real Envoys. */
export interface EnvoyMeshOptions extends MeshSetting {
  readonly plane?: 'envoy';
  /** State-of-the-world xDS instead of delta. */
  readonly sotw?: boolean;
}

/** A mesh of built-in proxies. */
export interface BuiltinMeshOptions extends MeshSetting, Absent<'sotw'> {
  readonly plane: 'builtin';
}

/** Which mesh to start; one of real Envoys unless something else is said. */
export type DemoMeshOptions = EnvoyMeshOptions | BuiltinMeshOptions;

/** A source of the mesh: its sidecar, and the way through it to `db`. */
export interface Source<P extends Plane = 'envoy'> {
  readonly name: string;
  readonly sidecar: Sidecar<P>;
  /** Where the app would dial `db`. */
  readonly port: number;
  talk(text: string, withinMs?: number): Promise<Exchange>;
  dial(): Dialled;
}

/** An instance of `db`. */
export interface Instance<P extends Plane = 'envoy'> {
  readonly id: string;
  readonly sidecar: Sidecar<P>;
  readonly echo: EchoService;
  readonly sidecarPort: number;
}

/** A running mesh: one agent, and a sidecar beside every service. */
export interface DemoMesh<P extends Plane = 'envoy'> extends AsyncDisposable {
  readonly agent: AgentUnderTest;
  readonly sources: readonly Source<P>[];
  readonly instances: readonly Instance<P>[];
  /** The first source. */
  readonly web: Source<P>;
  /** Waits until the first source gets an echo from every instance. */
  connected(withinMs?: number): Promise<void>;
}

/** Starts the mesh; its sidecars serve when this returns, but traffic may not flow yet. */
export function demoMesh(options?: EnvoyMeshOptions): Promise<DemoMesh>;
export function demoMesh(options: BuiltinMeshOptions): Promise<DemoMesh<'builtin'>>;
export function demoMesh(options: DemoMeshOptions): Promise<DemoMesh<Plane>>;
export async function demoMesh(options: DemoMeshOptions = {}): Promise<DemoMesh<Plane>> {
  await using stack = new AsyncDisposableStack();
  const plan = await planMesh(options);
  const agent = stack.use(await agentUnderTest({ ...options.agent, config: meshConfig(plan) }));
  const start = async (id: string): Promise<Sidecar<Plane>> =>
    stack.use(await sidecar(sidecarOptions(options, agent, id)));
  const instances: Instance<Plane>[] = [];
  for (const { id, port, sidecarPort } of plan.instances) {
    const prefix = plan.instances.length > 1 ? `${id}: ` : '';
    const echo = stack.use(await echoService({ port, prefix }));
    instances.push({ id, echo, sidecarPort, sidecar: await start(id) });
  }
  const sources: Source<Plane>[] = [];
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

function sidecarOptions(mesh: DemoMeshOptions, agent: AgentUnderTest, id: string): SidecarOptions {
  const setting = { agent, for: id };
  return mesh.plane === 'builtin'
    ? { ...setting, plane: mesh.plane }
    : { ...setting, sotw: mesh.sotw === true };
}

function source(name: string, port: number, beside: Sidecar<Plane>): Source<Plane> {
  return {
    name,
    port,
    sidecar: beside,
    talk: (text, withinMs) => talk(port, text, withinMs),
    dial: () => dial(port),
  };
}

async function connected(
  web: Source<Plane>,
  instances: readonly Instance<Plane>[],
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
