import { connectionAction } from './connection-action.ts';
import type { Rule, Rules, Verdict } from './intention.ts';
import { WILDCARD } from './precedence.ts';

/** Whether a rule speaks of a source. Names are compared as they are: `Web` is not `web`. */
export function matchesSource(rule: Rule, source: string): boolean {
  return rule.intention.source === WILDCARD || rule.intention.source === source;
}

/**
 * Whether a source may connect to the destination of the rules, and what says so. The source `*` asks
 * about a service that no rule names. Of an intention with permissions the answer is no, as Consul's is:
 * a pair of names shows no request.
 */
export function decide(rules: Rules, source: string): Verdict {
  const rule = rules.rules.find((candidate) => matchesSource(candidate, source));
  if (rule === undefined) {
    const action = rules.defaultAction;
    return { allowed: action === 'allow', reason: { kind: 'default', action } };
  }
  const allowed = connectionAction(rule.intention) === 'allow';
  return { allowed, reason: { kind: 'rule', rule } };
}
