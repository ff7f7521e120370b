import { type AgentUnderTest, agentEnvironment } from './agent-under-test.ts';
import { type EnvoyAdmin, envoyAdmin } from './envoy-admin.ts';
import { envoyBinary } from './envoy-binary.ts';
import { freePorts } from './free-ports.ts';
import { labCli } from './lab-programs.ts';
import { type Program, startProgram } from './program.ts';
import { until } from './until.ts';

/** Which sidecar to run, and how. */
export interface SidecarOptions {
  readonly agent: Pick<AgentUnderTest, 'ports'>;
  /** The ID of the service that it fronts. */
  readonly for: string;
  readonly adminPort?: number;
  /** State-of-the-world xDS instead of delta. */
  readonly sotw?: boolean;
  /** Passed through to Envoy. */
  readonly args?: readonly string[];
  /** Gives up waiting for it when aborted. */
  readonly signal?: AbortSignal;
}

/** A real Envoy, started by the real command line. */
export interface Sidecar extends AsyncDisposable {
  readonly admin: EnvoyAdmin;
  readonly program: Program;
  /** Kills Envoy, as a crash would. */
  kill9(): Promise<void>;
}

const readyWithinMs = 20_000;

/** Starts a sidecar and waits until Envoy says that it serves. */
export async function sidecar(options: SidecarOptions): Promise<Sidecar> {
  await using stack = new AsyncDisposableStack();
  const adminPort = options.adminPort ?? (await freePorts(1))[0] ?? 0;
  const program = stack.use(await start(options, adminPort));
  const admin = envoyAdmin(adminPort);
  try {
    await until(() => admin.ready(), {
      withinMs: readyWithinMs,
      what: `the sidecar of ${options.for} was ready`,
      unless: () => !program.running || options.signal?.aborted === true,
    });
  } catch (error) {
    throw new Error(`${(error as Error).message}:\n${program.output().slice(-4000)}`, {
      cause: error,
    });
  }
  const owned = stack.move();
  return {
    admin,
    program,
    kill9: () => program.kill9(),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function start(options: SidecarOptions, adminPort: number): Promise<Program> {
  const envoy = await envoyBinary();
  if (envoy === undefined) throw new Error('there is no Envoy to test with');
  const { path, isPeer } = labCli();
  return startProgram({
    program: path,
    args: [
      ...['connect', 'envoy', '-sidecar-for', options.for, '-admin-bind', `127.0.0.1:${adminPort}`],
      ...['-grpc-addr', `http://127.0.0.1:${options.agent.ports.grpc}`, '-envoy-binary', envoy],
      ...(options.sotw === true ? ['-sotw'] : []),
      ...(isPeer ? ['-ignore-envoy-compatibility'] : []),
      ...['--', ...(options.args ?? [])],
    ],
    env: agentEnvironment(options.agent.ports),
  });
}
