import { performance } from 'node:perf_hooks';
import { cpuMs, fail, say } from '../worker-report.ts';
import { HttpConnection } from './http-connection.ts';
import type { Order, Report } from './messages.ts';
import type { Response } from './response-reader.ts';

process.on('message', (order: Order) => {
  if (order.kind === 'load') load(order);
  else if (order.kind === 'watch') watch(order);
  else expect(order.text);
});
process.on('disconnect', () => process.exit());

type Load = Extract<Order, { readonly kind: 'load' }>;

function load({ port, path, holds, connections, forMs }: Load): void {
  const tookMs: number[] = [];
  const cpuBefore = cpuMs();
  const start = performance.now();
  let open = connections;
  const ask = (connection: HttpConnection): void => {
    const asked = performance.now();
    if (asked - start < forMs) {
      connection.get(path, (response) => {
        tookMs.push(performance.now() - asked);
        if (isFine(response, holds)) ask(connection);
      });
      return;
    }
    connection.end();
    open -= 1;
    const elapsedMs = performance.now() - start;
    if (open === 0) say<Report>({ kind: 'loaded', tookMs, elapsedMs, cpuMs: cpuMs() - cpuBefore });
  };
  for (let at = 0; at < connections; at += 1) ask(new HttpConnection(port, fail));
}

function isFine({ status, body }: Response, holds = ''): boolean {
  if (status === 200 && body.includes(holds)) return true;
  fail(`answered with ${status}: ${body}`);
  return false;
}

interface Round {
  readonly text: string;
  /** When each watcher was told. */
  readonly at: string[];
}

let watchers = 0;
let round: Round | undefined;

type Watch = Extract<Order, { readonly kind: 'watch' }>;

function watch({ port, path, watchers: count }: Watch): void {
  watchers = count;
  let first = 0;
  const onFirst = (): void => {
    first += 1;
    if (first === count) say<Report>({ kind: 'watching' });
  };
  for (let at = 0; at < count; at += 1) watchOne(new HttpConnection(port, fail), path, onFirst);
}

/** Asks for what comes after each answer as soon as it is there. */
function watchOne(connection: HttpConnection, path: string, onFirst: () => void): void {
  const after = (index: number): void =>
    connection.get(`${path}&wait=5m&index=${index}`, (response) => {
      if (!isFine(response)) return;
      after(response.index);
      if (index === 0) onFirst();
      else note(response);
    });
  after(0);
}

function expect(text: string): void {
  round = { text, at: [] };
  say<Report>({ kind: 'armed' });
}

/** An answer without what is expected is a wake for nothing. */
function note({ body }: Response): void {
  if (round === undefined || !body.includes(round.text)) return;
  round.at.push(String(process.hrtime.bigint()));
  if (round.at.length < watchers) return;
  say<Report>({ kind: 'told', at: round.at });
  round = undefined;
}
