import type { LogLevel, Monitor } from '@chancery/http-api';
import type { AgentConfig } from '@chancery/model';
import { type Logger, pino } from 'pino';
import { LineQueue } from './line-queue.ts';
import { type LogForm, logLine } from './log-line.ts';
import { type Outlet, Outlets } from './outlets.ts';

/** What parts of the agent write to. */
export type Log = Logger;

/** The agent's log, and the ways to follow it. */
export interface AgentLog {
  readonly log: Log;
  /** Follows the log. What the agent writes stays the same, whatever its followers ask for. */
  readonly monitor: Monitor;
  /** Writes from this level on; followers hear what they asked for, as before. */
  readonly setLevel: (level: LogLevel) => void;
}

/** A log on standard error: text for people, or JSON with `-log-json`. Standard output stays for what was asked for. */
export function createLog(
  { logLevel, logJson }: Pick<AgentConfig, 'logLevel' | 'logJson'>,
  write: (line: string) => void = (line) => process.stderr.write(line),
): AgentLog {
  const main = (level: LogLevel): Outlet => ({
    least: leastOf(level),
    write: (line) => write(line(logJson ? 'json' : 'text')),
  });
  const outlets = new Outlets(main(logLevel), (label) => {
    log.level = label;
  });
  const log = pino(
    { level: logLevel, base: null },
    { write: (line: string) => outlets.deliver(line) },
  );
  return {
    log,
    setLevel: (level) => outlets.replaceMain(main(level)),
    monitor: ({ level, json }, gone) =>
      followed(outlets, leastOf(level), json ? 'json' : 'text', gone),
  };
}

function leastOf(level: LogLevel): number {
  return pino.levels.values[level] ?? 0;
}

async function* followed(
  outlets: Outlets,
  least: number,
  form: LogForm,
  gone: AbortSignal,
): AsyncGenerator<string> {
  const queue = new LineQueue();
  using _outlet = outlets.add({ least, write: (line) => queue.push(() => line(form)) });
  while (!gone.aborted) {
    const { lines, lost } = await queue.next(gone);
    if (lines !== '') yield lines;
    if (lost > 0) yield lostLine(lost, form);
  }
}

function lostLine(lost: number, form: LogForm): string {
  const msg = `${lost} lines were left out: the reader is slower than the log`;
  return logLine({ level: 40, time: Date.now(), part: 'monitor', msg }, form);
}
