import type { Rule, Rules, Verdict } from './intention.ts';
import { WILDCARD } from './precedence.ts';

/** Whether a rule speaks of a source. Names are compared as they are: `Web` is not `web`. */
export function matchesSource(rule: Rule, source: string): boolean {
  return rule.intention.source === WILDCARD || rule.intention.source === source;
}

/**
 * Whether a source may connect to the destination of the rules, and what says so. The source `*` asks
 * about a service that no rule names.
 */
export function decide(rules: Rules, source: string): Verdict {
  const rule = rules.rules.find((candidate) => matchesSource(candidate, source));
  if (rule === undefined) {
    const action = rules.defaultAction;
    return { allowed: action === 'allow', reason: { kind: 'default', action } };
  }
  return { allowed: rule.intention.action === 'allow', reason: { kind: 'rule', rule } };
}
