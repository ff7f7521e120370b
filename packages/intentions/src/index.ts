export { compilePolicy } from './compile-policy.ts';
export { connectionAction } from './connection-action.ts';
export { decide } from './decide.ts';
export { type ConsideredRule, type Explanation, explain, formatIntention } from './explain.ts';
export type {
  AuthorizationPolicy,
  Intention,
  IntentionAction,
  IntentionEffect,
  IntentionPair,
  Permission,
  Rule,
  Rules,
  Verdict,
} from './intention.ts';
export { byPrecedence, precedence, WILDCARD } from './precedence.ts';
export { matchesFor, rulesFor } from './rules.ts';
