import { readFileSync } from 'node:fs';
import type { CheckStatus, CheckThresholds } from '@chancery/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstStreak, judge } from './verdict.ts';

const statuses = { P: 'passing', W: 'warning', C: 'critical' } as const;
type Letter = keyof typeof statuses;

/** The verdict after each result. */
function verdicts(
  found: readonly CheckStatus[],
  initial: CheckStatus,
  thresholds?: CheckThresholds,
): readonly CheckStatus[] {
  let streak = firstStreak(thresholds);
  let verdict = initial;
  return found.map((status) => {
    const judged = judge(streak, status, thresholds);
    streak = judged.streak;
    verdict = judged.verdict ?? verdict;
    return verdict;
  });
}

interface Recorded {
  readonly thresholds: CheckThresholds;
  readonly initial: CheckStatus;
  readonly found: string;
  readonly verdicts: string;
}

const recorded: readonly Recorded[] = JSON.parse(
  readFileSync(new URL('../testdata/consul-verdicts.json', import.meta.url), 'utf8'),
);

describe('a real Consul gave the same verdicts', () => {
  test.for(recorded)('$thresholds $found', ({ thresholds, initial, found, verdicts: theirs }) => {
    const results = [...found].map((letter) => statuses[letter as Letter]);
    const ours = verdicts(results, initial, thresholds);
    expect(ours.map((status) => status[0]?.toUpperCase()).join('')).toBe(theirs);
  });
});

const status = fc.constantFrom<CheckStatus>('passing', 'warning', 'critical');
const thresholdsOf = fc
  .record({
    successBeforePassing: fc.nat(4),
    failuresBeforeWarning: fc.nat(4),
    failuresBeforeCritical: fc.nat(5),
  })
  .map((t) => ({
    ...t,
    failuresBeforeWarning: Math.min(t.failuresBeforeWarning, t.failuresBeforeCritical),
  }));

/** How many of the last results were of the sort of the last one, failures or not. */
function lastRun(found: readonly CheckStatus[]): number {
  const isFailure = (each: CheckStatus | undefined): boolean => each === 'critical';
  const other = found.findLastIndex((each) => isFailure(each) !== isFailure(found.at(-1)));
  return found.length - 1 - other;
}

/** The rule itself: what the last result changes, told from how many came in a row. */
function byTheRule(
  found: readonly CheckStatus[],
  thresholds: CheckThresholds,
): CheckStatus | undefined {
  const last = found.at(-1);
  if (last === undefined) return undefined;
  const run = lastRun(found);
  const isFirst = run === found.length;
  if (last !== 'critical') {
    return isFirst || run >= thresholds.successBeforePassing ? last : undefined;
  }
  if (isFirst || run >= thresholds.failuresBeforeCritical) return 'critical';
  return run >= thresholds.failuresBeforeWarning ? 'warning' : undefined;
}

test('for any results the verdict is the last that the rule gave', () => {
  fc.assert(
    fc.property(fc.array(status, { maxLength: 40 }), status, thresholdsOf, (found, initial, t) => {
      const expected = found.map((_, at) => {
        const given = found.map((__, i) => byTheRule(found.slice(0, i + 1), t)).slice(0, at + 1);
        return given.findLast((verdict) => verdict !== undefined) ?? initial;
      });
      expect(verdicts(found, initial, t)).toEqual(expected);
    }),
  );
});

test('without thresholds each result is the verdict', () => {
  fc.assert(
    fc.property(fc.array(status), status, (found, initial) => {
      expect(verdicts(found, initial)).toEqual(found);
    }),
  );
});
