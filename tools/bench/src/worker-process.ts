import { type ChildProcess, fork } from 'node:child_process';

/** What every worker process may say beside its own reports. */
export interface Failed {
  readonly kind: 'failed';
  readonly reason: string;
}

type ReportOf<Report, K> = Extract<Report, { readonly kind: K }>;

/** A process of its own that does as it is told and says what came of it. Ends with its disposal. */
export interface WorkerProcess<Order, Report extends { readonly kind: string }> extends Disposable {
  /** The next report of a kind. Rejects when the worker fails, ends, or takes too long. */
  next<K extends Report['kind']>(kind: K, withinMs?: number): Promise<ReportOf<Report, K>>;
  /** Gives an order and waits for the report that answers it. */
  ask<K extends Report['kind']>(
    order: Order,
    kind: K,
    withinMs?: number,
  ): Promise<ReportOf<Report, K>>;
}

const patienceMs = 60_000;

/** Starts a module as a worker process. */
export function startWorker<Order extends object, Report extends { readonly kind: string }>(
  module: string,
): WorkerProcess<Order, Report> {
  const child = fork(module, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const next: WorkerProcess<Order, Report>['next'] = (kind, withinMs = patienceMs) =>
    nextReport(child, kind, withinMs);
  return {
    next,
    ask: (order, kind, withinMs) => {
      const report = next(kind, withinMs);
      child.send(order);
      return report;
    },
    [Symbol.dispose]: () => {
      child.kill('SIGKILL');
    },
  };
}

function nextReport<Report extends { readonly kind: string }, K extends Report['kind']>(
  child: ChildProcess,
  kind: K,
  withinMs: number,
): Promise<ReportOf<Report, K>> {
  return new Promise((resolve, reject) => {
    const settle = (outcome: () => void): void => {
      clearTimeout(timer);
      child.off('message', onReport).off('exit', onExit);
      outcome();
    };
    const fail = (reason: string): void => settle(() => reject(new Error(reason)));
    const onReport = (report: Report | Failed): void => {
      if (report.kind === 'failed') fail((report as Failed).reason);
      else if (report.kind === kind) settle(() => resolve(report as ReportOf<Report, K>));
    };
    const onExit = (): void => fail('a worker process ended');
    const timer = setTimeout(() => fail(`no "${kind}" came within ${withinMs} ms`), withinMs);
    child.on('message', onReport).on('exit', onExit);
  });
}
