import { fileURLToPath } from 'node:url';
import { startWorker } from '../worker-process.ts';
import type { Expectation } from './expectation.ts';
import type { Order, Report } from './messages.ts';

/** Many sidecars, connected from worker processes. */
export interface Fleet extends Disposable {
  readonly size: number;
  /**
   * Looks out for something that no sidecar has yet, then causes it. Gives when each sidecar had it,
   * in milliseconds after the cause began, in order.
   *
   * @throws Error when a sidecar had it before, when a stream ended, or after a minute.
   */
  reach(expectation: Expectation, cause: () => Promise<unknown>): Promise<readonly number[]>;
  /** What the workers used and took so far. */
  usage(): Promise<{ readonly cpuMs: number; readonly responses: number }>;
}

const worker = fileURLToPath(new URL('./worker-main.ts', import.meta.url));
const openPatienceMs = 600_000;

/** Connects a sidecar for each proxy ID, spread over worker processes, and waits until all are fully configured. */
export async function openFleet(
  port: number,
  proxyIds: readonly string[],
  workers: number,
): Promise<Fleet> {
  using stack = new DisposableStack();
  const children = Array.from({ length: workers }, () =>
    stack.use(startWorker<Order, Report>(worker)),
  );
  const shareOf = (at: number) => proxyIds.filter((_, index) => index % workers === at);
  await Promise.all(
    children.map((child, at) =>
      child.ask({ kind: 'open', port, proxyIds: shareOf(at) }, 'open', openPatienceMs),
    ),
  );
  let round = 0;
  const owned = stack.move();
  return {
    size: proxyIds.length,
    async reach(expectation, cause) {
      round += 1;
      const order: Order = { kind: 'expect', round, expectation };
      const armed = await Promise.all(children.map((child) => child.ask(order, 'armed')));
      const already = armed.reduce((sum, { met }) => sum + met, 0);
      if (already > 0) throw new Error(`${already} sidecars had ${JSON.stringify(expectation)}`);
      const reports = Promise.all(children.map((child) => child.next('met')));
      const start = process.hrtime.bigint();
      await cause();
      return (await reports)
        .flatMap(({ at }) => at.map((nanoseconds) => Number(BigInt(nanoseconds) - start) / 1e6))
        .sort((a, b) => a - b);
    },
    async usage() {
      const all = await Promise.all(children.map((child) => child.ask({ kind: 'usage' }, 'usage')));
      return {
        cpuMs: all.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
        responses: all.reduce((sum, { responses }) => sum + responses, 0),
      };
    },
    [Symbol.dispose]: () => owned.dispose(),
  };
}
