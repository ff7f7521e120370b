import type { Expectation } from './expectation.ts';

/** What a worker process is told to do. */
export type Order =
  | { readonly kind: 'open'; readonly port: number; readonly proxyIds: readonly string[] }
  | { readonly kind: 'expect'; readonly round: number; readonly expectation: Expectation }
  | { readonly kind: 'usage' };

/** What a worker process says. */
export type Report =
  /** All its sidecars have their first full configuration. */
  | { readonly kind: 'open' }
  /** It looks out for a change; some sidecars have what is expected already. */
  | { readonly kind: 'armed'; readonly round: number; readonly met: number }
  /** All its sidecars have it; when each had it, in nanoseconds of the machine's monotonic clock. */
  | { readonly kind: 'met'; readonly round: number; readonly at: readonly string[] }
  /** Processor time it used so far, and how many responses it took. */
  | { readonly kind: 'usage'; readonly cpuMs: number; readonly responses: number };
