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
  { for: service, signal }: SidecarSetting,
  serves: (program: Program) => boolean | Promise<boolean>,
): Promise<Program> {
  await using stack = new AsyncDisposableStack();
  const program = stack.use(startProgram(options));
  try {
    await until(() => serves(program), {
      withinMs: readyWithinMs,
      what: `the sidecar of ${service} was ready`,
      unless: () => !program.running || signal?.aborted === true,
    });
  } catch (error) {
    const output = program.output().slice(-lastWords);
    throw new Error(`${(error as Error).message}:\n${output}`, { cause: error });
  }
  stack.move();
  return program;
}
