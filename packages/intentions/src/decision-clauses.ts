import { decidingRules } from './deciding-rules.ts';
import type { DecisionClause, Rules, Verdict } from './intention.ts';
import { decisionName, defaultDecisionName } from './policy-name.ts';
import { WILDCARD } from './precedence.ts';

/**
 * All that may decide about a connection, the default included, as clauses that a proxy can hold against its source: each
 * source meets exactly one, named after the reason that `decide` gives. A compiled policy names only what deviates
 * from the default; these are for the log, where a denial by default or by an intention that agrees with it has a name as well.
 */
export function decisionClauses({ rules, defaultAction }: Rules): readonly DecisionClause[] {
  const clauses: DecisionClause[] = [];
  const named: string[] = [];
  for (const { intention } of decidingRules(rules)) {
    const isWildcard = intention.source === WILDCARD;
    const except = isWildcard ? [...named] : [];
    clauses.push({ name: decisionName(intention), source: intention.source, except });
    named.push(intention.source);
  }
  const except = named.includes(WILDCARD) ? [WILDCARD] : named;
  return [...clauses, { name: defaultDecisionName(defaultAction), source: undefined, except }];
}

/** The name under which a log has a verdict: that of the clause that its source meets. */
export function verdictName({ reason }: Verdict): string {
  return reason.kind === 'rule'
    ? decisionName(reason.rule.intention)
    : defaultDecisionName(reason.action);
}
