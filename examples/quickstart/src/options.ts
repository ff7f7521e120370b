import { parseArgs } from 'node:util';

/** What the quickstart is asked to do. */
export interface QuickstartOptions {
  /** Ends after the last step instead of staying up. */
  readonly once: boolean;
  /** Added to every port, for a machine where some of them are taken. */
  readonly portOffset: number;
  /** Without a terminal, is content with the built-in proxy where no Envoy can be had. */
  readonly allowBuiltin: boolean;
}

/** The options, or one sentence on what is wrong with them; `help` when that is what was asked for. */
export type ParsedOptions =
  | { readonly ok: true; readonly options: QuickstartOptions }
  | { readonly ok: false; readonly message: string; readonly help: boolean };

const usage = 'usage: quickstart [--once] [--port-offset N] [--allow-builtin]';

const help = `${usage}

  --once           end after the last step
  --port-offset N  add N to every port, where some are taken
  --allow-builtin  without a terminal, be content with the built-in proxy where no Envoy can be had`;

/** The largest offset that keeps the highest port (21001) in range. */
const highestOffset = 44_000;

/** Reads the command line. */
export function parseOptions(argv: readonly string[]): ParsedOptions {
  try {
    const { values } = parseArgs({
      // npm wants a -- before them; pnpm hands it over.
      args: argv.slice(argv[0] === '--' ? 1 : 0),
      options: {
        once: { type: 'boolean' },
        'port-offset': { type: 'string' },
        'allow-builtin': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help === true) return { ok: false, message: help, help: true };
    const portOffset = Number(values['port-offset'] ?? 0);
    if (!Number.isInteger(portOffset) || portOffset < 0 || portOffset > highestOffset) {
      return {
        ok: false,
        message: `--port-offset is a number from 0 to ${highestOffset}; ${usage}`,
        help: false,
      };
    }
    const { once = false, 'allow-builtin': allowBuiltin = false } = values;
    return { ok: true, options: { once, portOffset, allowBuiltin } };
  } catch (error) {
    return { ok: false, message: `${(error as Error).message}; ${usage}`, help: false };
  }
}
