import type { Call } from '../command.ts';
import type { Flag } from '../flags.ts';
import type { Io } from '../io.ts';

/** The flag of every command that prints a table. */
export const formatFlag: Flag = {
  name: 'format',
  kind: 'text',
  value: 'pretty|json',
  about: 'A table (pretty, unless given), or JSON with the names of the HTTP API.',
  choices: ['pretty', 'json'],
};

/** Whether the caller wants JSON. */
export function wantsJson({ flags }: Call): boolean {
  return flags.text(formatFlag.name) === 'json';
}

/** Prints a value as JSON, as Consul indents it. */
export function printJson(io: Io, value: unknown): void {
  io.out(JSON.stringify(value, null, 4));
}
