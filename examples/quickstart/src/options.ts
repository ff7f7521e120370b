import { parseArgs } from 'node:util';

/** What the quickstart is asked to do. */
export interface QuickstartOptions {
  /** Ends after the last step instead of staying up. */
  readonly once: boolean;
  /** Added to every port, for a machine where some of them are taken. */
  readonly portOffset: number;
}

/** The options, or one sentence on what is wrong with them. */
export type ParsedOptions =
  | { readonly ok: true; readonly options: QuickstartOptions }
  | { readonly ok: false; readonly message: string };

const usage = 'usage: quickstart [--once] [--port-offset N]';

/** The largest offset that keeps the highest port (21001) in range. */
const highestOffset = 44_000;

/** Reads the command line. */
export function parseOptions(argv: readonly string[]): ParsedOptions {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { once: { type: 'boolean' }, 'port-offset': { type: 'string' } },
    });
    const portOffset = Number(values['port-offset'] ?? 0);
    if (!Number.isInteger(portOffset) || portOffset < 0 || portOffset > highestOffset) {
      return {
        ok: false,
        message: `--port-offset is a number from 0 to ${highestOffset}; ${usage}`,
      };
    }
    return { ok: true, options: { once: values.once ?? false, portOffset } };
  } catch (error) {
    return { ok: false, message: `${(error as Error).message}; ${usage}` };
  }
}
