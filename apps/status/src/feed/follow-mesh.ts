import type { MeshClient } from '@chancery/mesh-api/client';
import type { Event } from '../state/event.ts';
import { backoff } from './backoff.ts';
import { reasonOf } from './reason.ts';

/** What following is done with. */
export interface FeedPorts {
  readonly dispatch: (event: Event) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Resolves after some milliseconds, or as soon as the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
}

/** An agent says that it is alive well before this has passed; one that does not is lost. */
const longestSilence = 45_000;

/** Follows the mesh until the signal aborts: what is lost is tried again, for ever, ever more slowly. */
export async function followMesh(mesh: MeshClient, ports: FeedPorts): Promise<void> {
  const { dispatch, now, wait, signal } = ports;
  let failures = 0;
  while (!signal.aborted) {
    const reason = await watchOnce(mesh, ports, () => {
      failures = 0;
    });
    if (signal.aborted) return;
    failures += 1;
    const pause = backoff(failures);
    dispatch({ kind: 'lost', at: now(), reason, retryAt: now() + pause });
    await wait(pause, signal);
  }
}

/** One stream from its beginning to its end; resolves with why it ended. */
async function watchOnce(
  mesh: MeshClient,
  { dispatch, signal }: FeedPorts,
  onMessage: () => void,
): Promise<string> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), longestSilence);
  let isOpen = false;
  try {
    const options = { signal: AbortSignal.any([signal, silence.signal]) };
    for await (const message of mesh.status.watch({}, options)) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), longestSilence);
      if (!isOpen) dispatch({ kind: 'opened' });
      isOpen = true;
      onMessage();
      dispatch({ kind: 'message', message });
    }
    return 'the agent ended the stream';
  } catch (error) {
    return silence.signal.aborted ? 'the agent has gone silent' : reasonOf(error);
  } finally {
    clearTimeout(timer);
  }
}
