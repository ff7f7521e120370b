import type { IntentionAction } from '@chancery/intentions';
import type { View } from '@chancery/store';
import { holdAssertion } from './claims/hold-assertion.ts';
import { intentionFindings } from './findings/intention-findings.ts';
import { meshOf } from './mesh/mesh.ts';
import { type Steps, takenAtOnce } from './steps.ts';
import type { Assertion, AssertionResult, Verification } from './verification.ts';

/** What is decided where no intention speaks of a connection. */
export interface VerifyOptions {
  readonly defaultAction: IntentionAction;
}

/**
 * Holds assertions to the intentions of a view, and finds intentions that have no effect. Who may connect to whom is
 * what `decide` says; nothing else of a mesh counts, such as which upstreams a sidecar declares: a guarantee is about
 * what is allowed.
 */
export function verify(
  view: View,
  assertions: readonly Assertion[],
  options: VerifyOptions,
): Verification {
  return takenAtOnce(verifySteps(view, assertions, options));
}

/** The same a little at a time. The state may move on meanwhile: it is about the view that it began with. */
export function* verifySteps(
  view: View,
  assertions: readonly Assertion[],
  { defaultAction }: VerifyOptions,
): Steps<Verification> {
  const mesh = meshOf(view, defaultAction);
  const results: AssertionResult[] = [];
  for (const assertion of assertions) results.push(yield* holdAssertion(mesh, assertion));
  return { results, findings: yield* intentionFindings(mesh, view) };
}
