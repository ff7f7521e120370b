import type { ConnectionQuestion, ExplainedConnection } from '@chancery/explain';
import type { Refusal } from '@chancery/store';
import type { Assertion, Verification } from '@chancery/verify';
import type { RequestedChange } from '../changes/change-source.ts';

/** Where explanations and verdicts come from. */
export interface IntentionSource {
  /** Given up, with its reason, when the signal aborts. */
  readonly explain: (
    question: ConnectionQuestion,
    signal: AbortSignal,
  ) => ExplainedConnection | Promise<ExplainedConnection>;
  /** Of the mesh as it is or, with a change, as it would be. Given up, with its reason, when the signal aborts. */
  readonly verify: (
    assertions: readonly Assertion[],
    change: RequestedChange | undefined,
    signal: AbortSignal,
  ) => VerifiedMesh | Promise<VerifiedMesh>;
}

/** What was found at a revision, or why the change cannot be made. */
export type VerifiedMesh =
  | { readonly ok: true; readonly value: Verification & { readonly revision: number } }
  | { readonly ok: false; readonly refusal: Refusal };
