import { fileURLToPath } from 'node:url';

/** The root of this checkout. */
export const checkout: string = fileURLToPath(new URL('../../..', import.meta.url));

/** A program that takes the place of ours on one side: ours, or a real Consul to hold the lab itself to. */
export interface LabProgram {
  readonly path: string;
  /** Consul wants more flags than we do, to keep its other ports out of the way. */
  readonly isPeer: boolean;
}

/** The agent under test: `bin/chancery`, or what `CHANCERY_LAB_AGENT` names. */
export function labAgent(): LabProgram {
  const { CHANCERY_LAB_AGENT } = process.env;
  return labProgram(CHANCERY_LAB_AGENT);
}

/** The command line under test: `bin/chancery`, or what `CHANCERY_LAB_CLI` names. */
export function labCli(): LabProgram {
  const { CHANCERY_LAB_CLI } = process.env;
  return labProgram(CHANCERY_LAB_CLI);
}

function labProgram(peer: string | undefined): LabProgram {
  return peer === undefined || peer === ''
    ? { path: `${checkout}bin/chancery`, isPeer: false }
    : { path: peer, isPeer: true };
}
