import { messageJson } from '@chancery/mesh-api/client';
import { type VerifyResponse, VerifyResponseSchema } from '@chancery/mesh-api/v1/intentions';

/** What was found, and what it means for whoever asked. */
export interface Verified {
  readonly found: VerifyResponse;
  /** Whether intentions without effect count as well. */
  readonly strict: boolean;
}

/** Whether the rules hold. */
export function holds({ found: { results, findings }, strict }: Verified): boolean {
  return results.every((result) => result.holds) && (findings.length === 0 || !strict);
}

/** The verdict, with what the RPC answers. */
export function verifiedJson(verified: Verified): object {
  const found = messageJson(VerifyResponseSchema, verified.found) as object;
  return { holds: holds(verified), ...found };
}

/** What breaks an assertion, a line each. */
export function breachLines({
  counterexamples,
  moreCounterexamples: more,
}: VerifyResponse['results'][number]): readonly string[] {
  return more === 0 ? counterexamples : [...counterexamples, `and ${more} more`];
}
