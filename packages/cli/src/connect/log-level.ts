import type { Io } from '../io.ts';

/** The levels of a log, from the one that tells most. */
const levels = ['trace', 'debug', 'info', 'warn', 'error'] as const;

/** How much a line in the log matters. */
export type LogLevel = (typeof levels)[number];

/** Reads a level as Consul spells it, in any case; undefined for what is none. */
export function parseLogLevel(text: string): LogLevel | undefined {
  const wanted = text.toLowerCase() === 'err' ? 'error' : text.toLowerCase();
  return levels.find((level) => level === wanted);
}

/** A log on standard error that leaves out what matters less than the level. */
export function createLog(
  least: LogLevel,
  io: Io,
  part: string,
): (level: LogLevel, message: string) => void {
  return (level, message) => {
    if (levels.indexOf(level) < levels.indexOf(least)) return;
    const label = `[${level.toUpperCase()}]`.padEnd(7);
    io.err(`${new Date().toISOString()} ${label} ${part}: ${message}`);
  };
}
