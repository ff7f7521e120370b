import { servicePair } from './pair.ts';

/** How help shows the arguments of a command about one intention. */
export const meantUsage = 'SRC DST, or ID';

/** The one intention that a command is about: by its ID or by its pair of services. */
export type MeantIntention =
  | { readonly ok: true; readonly by: 'id'; readonly id: string }
  | {
      readonly ok: true;
      readonly by: 'pair';
      readonly source: string;
      readonly destination: string;
    }
  | { readonly ok: false; readonly message: string };

/** Reads which intention is meant: one argument is an ID, two are a source and a destination. */
export function meantIntention(args: readonly string[]): MeantIntention {
  const [first, second] = args;
  if (first === undefined || args.length > 2) {
    return { ok: false, message: 'command requires exactly 1 or 2 arguments' };
  }
  if (second === undefined) return { ok: true, by: 'id', id: first };
  const pair = servicePair(first, second);
  return pair.ok ? { ...pair, by: 'pair' } : pair;
}
