import { formatIntention, type Verdict } from '@chancery/intentions';

/** What a verdict comes from: `* => db (deny)`, `the default (allow)`. */
export function decider({ reason }: Verdict): string {
  return reason.kind === 'rule'
    ? formatIntention(reason.rule.intention)
    : `the default (${reason.action})`;
}
