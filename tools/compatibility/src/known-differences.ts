import type { KnownDifference } from './explain.ts';

/** Differences of the HTTP API that are meant. */
export const knownHttpDifferences: readonly KnownDifference[] = [];

/** Differences of the command line that are meant. */
export const knownCommandDifferences: readonly KnownDifference[] = [];
