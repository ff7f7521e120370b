import { type AgentUnderTest, agentEnvironment } from './agent-under-test.ts';
import { labCli } from './lab-programs.ts';
import type { Program } from './program.ts';
import { type SidecarSetting, sidecarProgram } from './sidecar-program.ts';

/** What is for Envoy alone: to give it does not compile, not even where the plane is not known. */
export type Absent<Option extends string> = Readonly<Partial<Record<Option, never>>>;

/** How to run the built-in proxy as a sidecar. */
export interface BuiltinSidecarOptions
  extends SidecarSetting,
    Absent<'adminPort' | 'sotw' | 'args'> {
  readonly plane: 'builtin';
  readonly agent: Pick<AgentUnderTest, 'ports' | 'client'>;
}

/** The built-in proxy, started by `connect proxy`. It has no admin interface: what it says is in its output. */
export interface BuiltinSidecar extends AsyncDisposable {
  readonly plane: 'builtin';
  readonly program: Program;
  /** Kills the proxy, as a crash would. */
  kill9(): Promise<void>;
}

/** Starts the built-in proxy and waits until it listens for its service and for each of its upstreams. */
export async function builtinSidecar(options: BuiltinSidecarOptions): Promise<BuiltinSidecar> {
  const prefixes = await listenerPrefixes(options);
  const { ports } = options.agent;
  const command = {
    program: labCli().path,
    args: [
      ...['connect', 'proxy', '-sidecar-for', options.for],
      ...['-grpc-addr', `http://127.0.0.1:${ports.grpc}`],
    ],
    env: agentEnvironment(ports),
  };
  const listens = (program: Program): boolean => {
    const listening = program.output().match(/\S+(?=: listening$)/gm) ?? [];
    return prefixes.every((prefix) => listening.some((name) => name.startsWith(prefix)));
  };
  const program = await sidecarProgram(command, options, listens);
  return {
    plane: 'builtin',
    program,
    kill9: () => program.kill9(),
    [Symbol.asyncDispose]: () => program.stop(),
  };
}

/** How the names of its listeners begin; an address and a port follow. */
async function listenerPrefixes(options: BuiltinSidecarOptions): Promise<readonly string[]> {
  const services = Object.values(await options.agent.client.agent.services());
  const own = services.find((each) => each.Proxy?.DestinationServiceID === options.for);
  const upstreams = own?.Proxy?.Upstreams ?? [];
  return ['public_listener:', ...upstreams.map((each) => `${each.DestinationName}:`)];
}
