export type {
  Assertion,
  AssertionResult,
  Claim,
  IntentionFinding,
  Verification,
} from './verification.ts';
