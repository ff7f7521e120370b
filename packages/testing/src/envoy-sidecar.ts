import { type AgentUnderTest, agentEnvironment } from './agent-under-test.ts';
import { type EnvoyAdmin, envoyAdmin } from './envoy-admin.ts';
import { envoyBinary } from './envoy-binary.ts';
import { freePorts } from './free-ports.ts';
import { labCli } from './lab-programs.ts';
import type { Program, ProgramOptions } from './program.ts';
import { type SidecarSetting, sidecarProgram } from './sidecar-program.ts';

/** How to run a real Envoy as a sidecar. */
export interface EnvoySidecarOptions extends SidecarSetting {
  readonly plane?: 'envoy';
  readonly agent: Pick<AgentUnderTest, 'ports'>;
  readonly adminPort?: number;
  /** State-of-the-world xDS instead of delta. */
  readonly sotw?: boolean;
  /** Passed through to Envoy. */
  readonly args?: readonly string[];
  /** Where it runs: relative paths in its configuration are below. */
  readonly cwd?: string;
}

/** A real Envoy, started by `connect envoy`. */
export interface EnvoySidecar extends AsyncDisposable {
  readonly plane: 'envoy';
  readonly admin: EnvoyAdmin;
  readonly program: Program;
  /** Kills Envoy, as a crash would. */
  kill9(): Promise<void>;
}

/** Starts an Envoy and waits until it says that it serves. */
export async function envoySidecar(options: EnvoySidecarOptions): Promise<EnvoySidecar> {
  const adminPort = options.adminPort ?? (await freePorts(1))[0] ?? 0;
  const admin = envoyAdmin(adminPort);
  const command = await connectEnvoy(options, adminPort);
  const program = await sidecarProgram(command, options, () => admin.ready());
  return {
    plane: 'envoy',
    admin,
    program,
    kill9: () => program.kill9(),
    [Symbol.asyncDispose]: () => program.stop(),
  };
}

async function connectEnvoy(
  options: EnvoySidecarOptions,
  adminPort: number,
): Promise<ProgramOptions> {
  const envoy = await envoyBinary();
  if (envoy === undefined) throw new Error('there is no Envoy to test with');
  const { path, isPeer } = labCli();
  return {
    program: path,
    args: [
      ...['connect', 'envoy', '-sidecar-for', options.for, '-admin-bind', `127.0.0.1:${adminPort}`],
      ...['-grpc-addr', `http://127.0.0.1:${options.agent.ports.grpc}`, '-envoy-binary', envoy],
      ...(options.sotw === true ? ['-sotw'] : []),
      ...(isPeer ? ['-ignore-envoy-compatibility'] : []),
      ...['--', ...(options.args ?? [])],
    ],
    env: agentEnvironment(options.agent.ports),
    ...(options.cwd !== undefined && { cwd: options.cwd }),
  };
}
