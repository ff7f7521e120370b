import { setTimeout as sleep } from 'node:timers/promises';
import { type Exchange, talk } from '@chancery/testing';

/** Opens connection after connection until it is ended. */
export interface ProbeLoop extends AsyncDisposable {
  /** How many connections have been through so far. */
  attempts(): number;
  /** Those that brought no echo. */
  failures(): readonly Exchange[];
}

const pauseMs = 5;

/** Begins to open connections to a port, one after the other, each with one exchange. */
export function probeLoop(port: number): ProbeLoop {
  const failures: Exchange[] = [];
  const state = { attempts: 0, ended: false };
  const run = async (): Promise<void> => {
    while (!state.ended) {
      const text = `probe ${state.attempts}`;
      // An answer that is late is no answer that is lost: the machine may be busy.
      const exchange = await talk(port, text, 5000);
      state.attempts += 1;
      if (exchange.verdict !== 'echo') failures.push(exchange);
      await sleep(pauseMs);
    }
  };
  const running = run();
  return {
    attempts: () => state.attempts,
    failures: () => failures,
    async [Symbol.asyncDispose]() {
      state.ended = true;
      await running;
    },
  };
}
