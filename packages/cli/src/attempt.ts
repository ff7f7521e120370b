import { ClientError } from '@chancery/client';
import type { Io } from './io.ts';

/** Runs what talks to the agent; its failure becomes one line that begins with what was tried. */
export async function attempt(
  io: Io,
  tried: string,
  work: () => Promise<number>,
  failureCode = 1,
): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    return fail(io, `${tried}: ${error.message}`, failureCode);
  }
}

/** Says why a command does not succeed, and gives its exit code. */
export function fail(io: Io, message: string, code = 1): number {
  io.err(message);
  return code;
}
