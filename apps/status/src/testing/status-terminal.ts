import { fileURLToPath } from 'node:url';
import { openTerminal, type Terminal, type TerminalOptions } from '@chancery/testing/terminal';

const entry = fileURLToPath(new URL('../main.ts', import.meta.url));

/** The arguments of Node with which the screen is started. */
export function statusArguments(
  flags: readonly string[],
  imports: readonly string[] = [],
): readonly string[] {
  return [...imports.flatMap((url) => ['--import', url]), entry, 'status', ...flags];
}

/** Starts the screen at a terminal, as `chancery status` does. */
export function openStatus(
  address: string,
  { flags = [], imports = [], ...options }: StatusOptions = {},
): Terminal {
  const own = statusArguments([`-http-addr=${address}`, ...flags], imports);
  return openTerminal(process.execPath, own, options);
}

/** How the screen is started. */
export interface StatusOptions extends TerminalOptions {
  readonly flags?: readonly string[];
  /** Modules that are loaded before it. */
  readonly imports?: readonly string[];
}
