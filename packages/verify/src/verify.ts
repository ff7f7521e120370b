import type { IntentionAction } from '@chancery/intentions';
import type { View } from '@chancery/store';
import { holdAssertion } from './claims/hold-assertion.ts';
import { intentionFindings } from './findings/intention-findings.ts';
import { meshOf } from './mesh/mesh.ts';
import { type Steps, takenAtOnce } from './steps.ts';
import type { Assertion, AssertionResult, IntentionFinding, Verification } from './verification.ts';

/** What is decided where no intention speaks of a connection. */
export interface VerifyOptions {
  readonly defaultAction: IntentionAction;
}

/** Answers about one view, for those who have other things to do between: the steps of several may be taken in any order. */
export interface Verifier {
  /** Whether an assertion holds. */
  readonly hold: (assertion: Assertion) => Steps<AssertionResult>;
  /** The intentions that have no effect. */
  readonly findings: () => Steps<readonly IntentionFinding[]>;
}

/**
 * Holds assertions to the intentions of a view, and finds intentions that have no effect. Who may connect to whom is
 * what `decide` says; nothing else of a mesh counts, such as which upstreams a sidecar declares: a guarantee is about
 * what is allowed.
 */
export function createVerifier(view: View, { defaultAction }: VerifyOptions): Verifier {
  const mesh = meshOf(view, defaultAction);
  return {
    hold: (assertion) => holdAssertion(mesh, assertion),
    findings: () => intentionFindings(mesh, view),
  };
}

/** Everything about a view at once. */
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
  options: VerifyOptions,
): Steps<Verification> {
  const verifier = createVerifier(view, options);
  const results: AssertionResult[] = [];
  for (const assertion of assertions) results.push(yield* verifier.hold(assertion));
  return { results, findings: yield* verifier.findings() };
}
