import { fileURLToPath } from 'node:url';
import { startWorker, type WorkerProcess } from '../worker-process.ts';
import type { Order, Report } from './messages.ts';

const worker = fileURLToPath(new URL('./worker-main.ts', import.meta.url));

/** What came of asking again and again. */
export interface Load {
  readonly perSecond: number;
  /** How long each answer took, in milliseconds. */
  readonly tookMs: readonly number[];
  /** The processor time of who asked, as a share of the time it took. */
  readonly clientShare: number;
}

/** Asks for a path over connections of another process, each with one request at a time, for so long. */
export async function loadOf(
  port: number,
  load: Omit<Extract<Order, { readonly kind: 'load' }>, 'kind' | 'port'>,
): Promise<Load> {
  using asking = startWorker<Order, Report>(worker);
  const order: Order = { kind: 'load', port, ...load };
  const { tookMs, elapsedMs, cpuMs } = await asking.ask(order, 'loaded', load.forMs + 60_000);
  return {
    perSecond: (tookMs.length * 1000) / elapsedMs,
    tookMs,
    clientShare: cpuMs / elapsedMs,
  };
}

/** Many blocking queries of another process for one path, that has a query already. */
export interface Watchers extends Disposable {
  /** Causes a change after which answers hold a text. Gives when each watcher was told, in milliseconds after the cause began, in order. */
  told(text: string, cause: () => Promise<unknown>): Promise<readonly number[]>;
}

/** Opens the watchers and waits until each has had a first answer. */
export async function openWatchers(
  port: number,
  path: string,
  watchers: number,
): Promise<Watchers> {
  using stack = new DisposableStack();
  const watching = stack.use(startWorker<Order, Report>(worker));
  await watching.ask({ kind: 'watch', port, path, watchers }, 'watching');
  const owned = stack.move();
  return {
    told: (text, cause) => toldBy(watching, text, cause),
    [Symbol.dispose]: () => owned.dispose(),
  };
}

async function toldBy(
  watching: WorkerProcess<Order, Report>,
  text: string,
  cause: () => Promise<unknown>,
): Promise<readonly number[]> {
  await watching.ask({ kind: 'expect', text }, 'armed');
  const told = watching.next('told');
  const start = process.hrtime.bigint();
  await cause();
  const { at } = await told;
  return at.map((moment) => Number(BigInt(moment) - start) / 1e6).sort((a, b) => a - b);
}
