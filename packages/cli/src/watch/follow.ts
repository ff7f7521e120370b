import { type Client, ClientError } from '@chancery/client';
import type { Mark, Read, Reading } from './watch-types.ts';

/** What becomes of a watch. */
export interface Follower {
  /** Something else was read than before; resolves with an exit code when the watch is to end. */
  readonly onChange: (reading: Reading) => Promise<number | undefined>;
  /** A read failed, and is tried again after so many seconds. */
  readonly onFailure: (error: ClientError, retrySeconds: number) => void;
  /** Resolves after so many milliseconds, or when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

const firstRetrySeconds = 5;
const longestRetrySeconds = 180;
const unchangedPauseMs = 100;

/** Reads again and again, each time when something has changed, until the follower or the signal ends it. */
export async function follow(
  client: Client,
  read: Read,
  follower: Follower,
  signal: AbortSignal,
): Promise<number> {
  let mark: Mark | undefined;
  let known: string | undefined;
  let failures = 0;
  while (!signal.aborted) {
    const reading = await attempted(() => read(client, mark, signal));
    if (reading instanceof ClientError) {
      failures += 1;
      mark = undefined;
      await pause(reading, failures, follower, signal);
      continue;
    }
    failures = 0;
    mark = reading.mark;
    const code = await told(reading, known, follower, signal);
    known = JSON.stringify(reading.value);
    if (code !== undefined) return code;
  }
  return 0;
}

async function attempted(read: () => Promise<Reading>): Promise<Reading | ClientError> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ClientError) return error;
    throw error;
  }
}

async function told(
  reading: Reading,
  known: string | undefined,
  { onChange, wait }: Follower,
  signal: AbortSignal,
): Promise<number | undefined> {
  if (JSON.stringify(reading.value) !== known) return await onChange(reading);
  // An agent that does not wait must not be asked without a pause.
  await wait(unchangedPauseMs, signal);
  return undefined;
}

/** Longer with each failure, as Consul waits. */
async function pause(
  error: ClientError,
  failures: number,
  { onFailure, wait }: Follower,
  signal: AbortSignal,
): Promise<void> {
  if (error.kind === 'aborted') return;
  const seconds = Math.min(firstRetrySeconds * failures ** 2, longestRetrySeconds);
  onFailure(error, seconds);
  await wait(seconds * 1000, signal);
}
