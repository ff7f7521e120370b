import type { ConnectionQuestion, ExplainedConnection } from '@chancery/explain';
import type { Refusal } from '@chancery/store';
import type { Assertion, Verification } from '@chancery/verify';

/** Where explanations and verdicts come from. */
export interface IntentionSource {
  readonly explain: (question: ConnectionQuestion) => ExplainedConnection;
  /** With entries, as if these were written. */
  readonly verify: (
    assertions: readonly Assertion[],
    entries: readonly unknown[],
  ) =>
    | { readonly ok: true; readonly value: Verification & { readonly revision: number } }
    | { readonly ok: false; readonly refusal: Refusal };
}
