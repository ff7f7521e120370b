import { type Program, type ProgramOptions, startProgram } from './program.ts';
import { until } from './until.ts';

/** What every sidecar is told. */
export interface SidecarSetting {
  /** The ID of the service that it fronts. */
  readonly for: string;
  /** Gives up waiting for it when aborted. */
  readonly signal?: AbortSignal;
}

const readyWithinMs = 20_000;
const lastWords = 4000;

/** Starts the program of a sidecar and waits until it serves; one that does not is ended, and what it wrote is told. */
export async function sidecarProgram(
  options: ProgramOptions,
  setting: SidecarSetting,
  serves: (program: Program) => boolean | Promise<boolean>,
): Promise<Program> {
  const { for: service, signal } = setting;
  await using stack = new AsyncDisposableStack();
  const program = stack.use(startProgram(options));
  try {
    await until(() => serves(program), {
      withinMs: readyWithinMs,
      what: `the sidecar of ${service} was ready`,
      unless: () => !program.running || signal?.aborted === true,
    });
  } catch (error) {
    const reason = await reasonOf(program, error as Error, setting);
    const output = program.output().slice(-lastWords);
    throw new Error(output === '' ? reason : `${reason}:\n${output}`, { cause: error });
  }
  stack.move();
  return program;
}

async function reasonOf(
  program: Program,
  error: Error,
  { for: service, signal }: SidecarSetting,
): Promise<string> {
  if (program.running || signal?.aborted === true) return error.message;
  const outcome = await program.ended;
  const how = typeof outcome === 'number' ? `exit code ${outcome}` : outcome;
  return `the sidecar of ${service} ended with ${how} before it served`;
}
