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

/** The options, or one sentence on what is wrong with them. */
export type ParsedOptions =
  | { readonly ok: true; readonly options: QuickstartOptions }
  | { readonly ok: false; readonly message: string };

const usage = 'usage: quickstart [--once] [--port-offset N] [--allow-builtin]';

/** The largest offset that keeps the highest port (21001) in range. */
const highestOffset = 44_000;

/** Reads the command line. */
export function parseOptions(argv: readonly string[]): ParsedOptions {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        once: { type: 'boolean' },
        'port-offset': { type: 'string' },
        'allow-builtin': { type: 'boolean' },
      },
    });
    const portOffset = Number(values['port-offset'] ?? 0);
    if (!Number.isInteger(portOffset) || portOffset < 0 || portOffset > highestOffset) {
      return {
        ok: false,
        message: `--port-offset is a number from 0 to ${highestOffset}; ${usage}`,
      };
    }
    const { once = false, 'allow-builtin': allowBuiltin = false } = values;
    return { ok: true, options: { once, portOffset, allowBuiltin } };
  } catch (error) {
    return { ok: false, message: `${(error as Error).message}; ${usage}` };
  }
}
