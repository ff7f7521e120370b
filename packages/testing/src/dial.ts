import { connect, type Socket } from 'node:net';

/**
 * What came of sending text to an echo service: a denied connection is accepted by the near proxy and then ended
 * (`closed`) or left unanswered (`silent`); `refused` means that nothing listens.
 */
export type Verdict = 'echo' | 'closed' | 'silent' | 'refused';

/** One exchange, and how long it took. */
export interface Exchange {
  readonly verdict: Verdict;
  /** What came back, as far as it came. */
  readonly answer: string;
  readonly elapsedMs: number;
}

/** An open connection that can be used several times. */
export interface Dialled extends Disposable {
  /** Sends a text and waits for it to come back. */
  exchange(text: string, withinMs?: number): Promise<Exchange>;
}

/** Opens a connection to a port of the loopback interface and keeps it open. */
export function dial(port: number): Dialled {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const state: { received: string; end?: Verdict; wake: () => void } = {
    received: '',
    wake: () => undefined,
  };
  socket.on('data', (bytes) => {
    state.received += bytes.toString();
    state.wake();
  });
  const ended = (verdict: Verdict) => (): void => {
    state.end ??= verdict;
    state.wake();
  };
  socket.on('error', (error: NodeJS.ErrnoException) =>
    ended(error.code === 'ECONNREFUSED' ? 'refused' : 'closed')(),
  );
  socket.on('close', ended('closed'));
  socket.on('end', ended('closed'));
  return {
    async exchange(text, withinMs = 1000) {
      const start = performance.now();
      state.received = '';
      socket.write(text);
      const verdict = await answered(state, text, withinMs);
      return { verdict, answer: state.received, elapsedMs: performance.now() - start };
    },
    [Symbol.dispose]: () => destroy(socket),
  };
}

/** Opens a connection, sends one text, waits for it to come back and closes. */
export async function talk(port: number, text: string, withinMs?: number): Promise<Exchange> {
  using connection = dial(port);
  return await connection.exchange(text, withinMs);
}

function answered(
  state: { received: string; end?: Verdict; wake: () => void },
  text: string,
  withinMs: number,
): Promise<Verdict> {
  return new Promise((settle) => {
    const finish = (verdict: Verdict): void => {
      clearTimeout(timer);
      state.wake = () => undefined;
      settle(verdict);
    };
    const timer = setTimeout(() => finish('silent'), withinMs);
    state.wake = () => {
      if (state.received.endsWith(text)) finish('echo');
      else if (state.end !== undefined) finish(state.end);
    };
    state.wake();
  });
}

function destroy(socket: Socket): void {
  socket.destroy();
}
