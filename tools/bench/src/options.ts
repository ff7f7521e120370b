import { parseArgs } from 'node:util';

/** What the benchmark is asked to do. */
export interface Options {
  /** The path of a Consul binary to do the same work. */
  readonly peer?: string;
  /** Names of the measures to run; all without. */
  readonly only: readonly string[];
  readonly json: boolean;
  /** How many sidecars are connected. */
  readonly streams: number;
  /** How many times each change is made. */
  readonly rounds: number;
  /** How many services with a sidecar are registered. */
  readonly registrations: number;
}

export const usage = `pnpm bench [options]
  --peer PATH         does the same work on this Consul binary too, and prints how they compare
  --only NAME         runs one measure; may be repeated
  --json              prints the figures as JSON
  --streams N         connects N sidecars (1000)
  --rounds N          makes each change N times (10)
  --registrations N   registers N services with a sidecar (10000)`;

const flags = {
  peer: { type: 'string' },
  only: { type: 'string', multiple: true },
  json: { type: 'boolean', default: false },
  streams: { type: 'string', default: '1000' },
  rounds: { type: 'string', default: '10' },
  registrations: { type: 'string', default: '10000' },
} as const;

/**
 * Reads the command line.
 *
 * @throws Error with a sentence for people.
 */
export function parseOptions(args: readonly string[], measures: readonly string[]): Options {
  const { values } = parseArgs({ args: [...args], options: flags });
  const { only = [] } = values;
  const stranger = only.find((name) => !measures.includes(name));
  if (stranger !== undefined) {
    throw new Error(`there is no measure "${stranger}", only ${measures.join(', ')}`);
  }
  return {
    ...(values.peer !== undefined && { peer: values.peer }),
    only,
    json: values.json,
    streams: count('streams', values.streams),
    rounds: count('rounds', values.rounds),
    registrations: count('registrations', values.registrations),
  };
}

function count(flag: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${flag} wants a number above 0, found "${text}"`);
}
