import {
  connectionAction,
  type Rule,
  type Rules,
  type Verdict,
  WILDCARD,
} from '@chancery/intentions';

/** `decide` for many sources of one destination: the rules are gone through once, not once for each. */
export function verdicts(rules: Rules): (source: string) => Verdict {
  const first = new Map<string, number>();
  for (const [at, { intention }] of rules.rules.entries()) {
    if (!first.has(intention.source)) first.set(intention.source, at);
  }
  const any = first.get(WILDCARD) ?? Number.POSITIVE_INFINITY;
  return (source) => verdict(rules, rules.rules[Math.min(first.get(source) ?? any, any)]);
}

function verdict({ defaultAction: action }: Rules, rule: Rule | undefined): Verdict {
  if (rule === undefined)
    return { allowed: action === 'allow', reason: { kind: 'default', action } };
  return { allowed: connectionAction(rule.intention) === 'allow', reason: { kind: 'rule', rule } };
}
