export { claimInWords } from './claim-in-words.ts';
export { type ParsedRules, parseRules } from './rules/parse-rules.ts';
export type { Steps } from './steps.ts';
export type {
  Assertion,
  AssertionResult,
  Claim,
  FindingKind,
  IntentionFinding,
  Verification,
} from './verification.ts';
export {
  type VerifyOptions,
  verify,
  verifySteps,
} from './verify.ts';
