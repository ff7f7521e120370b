export { compilePolicy } from './compile-policy.ts';
export { connectionAction } from './connection-action.ts';
export { decide } from './decide.ts';
export {
  type ConsideredPermission,
  decideRequest,
  type RequestVerdict,
} from './decide-request.ts';
export { decisionClauses, verdictName } from './decision-clauses.ts';
export { effectInWords } from './effect-in-words.ts';
export { type ConsideredRule, type Explanation, explain, formatIntention } from './explain.ts';
export type {
  AuthorizationPolicy,
  DecisionClause,
  HeaderPattern,
  Intention,
  IntentionAction,
  IntentionEffect,
  IntentionPair,
  Permission,
  RequestPattern,
  Rule,
  Rules,
  Verdict,
} from './intention.ts';
export { byPrecedence, precedence, WILDCARD } from './precedence.ts';
export { requestInWords } from './request-in-words.ts';
export { matchesFor, rulesFor } from './rules.ts';
export type { MatchesPattern, ShownRequest } from './shown-request.ts';
