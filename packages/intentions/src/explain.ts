import { decide, matchesSource } from './decide.ts';
import { effectInWords } from './effect-in-words.ts';
import type { Intention, Rule, Rules, Verdict } from './intention.ts';

/** What became of one rule while a source was looked up: it decided, came too late, or speaks of another source. */
export interface ConsideredRule {
  readonly rule: Rule;
  readonly outcome: 'decides' | 'outranked' | 'other-source';
  /** One sentence for people. */
  readonly why: string;
}

/** A verdict with every rule of the destination, in the order in which they are tried. */
export interface Explanation {
  readonly source: string;
  readonly destination: string;
  readonly verdict: Verdict;
  readonly considered: readonly ConsideredRule[];
  /** One sentence for people. */
  readonly summary: string;
}

/** Why `decide` answers as it does. */
export function explain(rules: Rules, source: string): Explanation {
  const { destination } = rules;
  const verdict = decide(rules, source);
  const winner = verdict.reason.kind === 'rule' ? verdict.reason.rule : undefined;
  const considered = rules.rules.map((rule) => consider(rule, source, winner));
  return { source, destination, verdict, considered, summary: summarise(rules, source, verdict) };
}

/** How people write an intention: `web => db (deny)`, `web => api (1 permission)`. */
export function formatIntention(intention: Intention): string {
  return `${intention.source} => ${intention.destination} (${effectInWords(intention)})`;
}

function consider(rule: Rule, source: string, winner: Rule | undefined): ConsideredRule {
  if (rule === winner) {
    return { rule, outcome: 'decides', why: `it is the first that speaks of ${source}` };
  }
  if (winner === undefined || !matchesSource(rule, source)) {
    return { rule, outcome: 'other-source', why: `it speaks of ${rule.intention.source} only` };
  }
  return {
    rule,
    outcome: 'outranked',
    why: `${formatIntention(winner.intention)} comes before it`,
  };
}

function summarise(rules: Rules, source: string, verdict: Verdict): string {
  const outcome = `${source} ${verdict.allowed ? 'may' : 'may not'} connect to ${rules.destination}`;
  if (verdict.reason.kind === 'default') {
    return `${outcome}: no intention speaks of it, and the default is ${verdict.reason.action}`;
  }
  const { intention, precedence } = verdict.reason.rule;
  const decides = `${outcome}: ${formatIntention(intention)} decides, with precedence ${precedence}`;
  if (intention.permissions === undefined) return decides;
  return `${decides}; permissions are about requests, and a connection shows none`;
}
