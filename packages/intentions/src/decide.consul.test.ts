import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decide } from './decide.ts';
import type { Intention, IntentionAction } from './intention.ts';
import { rulesFor } from './rules.ts';

interface Recording {
  readonly set: string;
  readonly defaultAction: IntentionAction;
  readonly intentions: readonly Intention[];
  readonly decisions: readonly { source: string; destination: string; allowed: boolean }[];
  readonly matches: readonly {
    destination: string;
    rules: readonly (Intention & { readonly precedence: number })[];
  }[];
}

/** Recorded from a real Consul; `pnpm --filter @chancery/oracle record PATH` records it anew. */
const { recordings } = JSON.parse(
  readFileSync(new URL('../testdata/consul-decisions.json', import.meta.url), 'utf8'),
) as { recordings: readonly Recording[] };

/** Consul lists rules whatever the case of the destination, but like us does not apply `DB` to `db`. */
function speaksOf(destination: string, rule: Intention): boolean {
  return rule.destination === destination || rule.destination === '*';
}

describe.each(recordings)('with $set, and $defaultAction by default', (recording) => {
  const { intentions, defaultAction } = recording;

  test.each(recording.decisions)('$source => $destination is decided as in Consul', (decision) => {
    const rules = rulesFor(decision.destination, intentions, defaultAction);
    expect(decide(rules, decision.source).allowed).toBe(decision.allowed);
  });

  test.each(recording.matches)(
    'the rules of $destination stand in the order of Consul',
    (match) => {
      const { rules } = rulesFor(match.destination, [...intentions].reverse(), defaultAction);
      expect(rules.map(({ intention, precedence }) => ({ ...intention, precedence }))).toEqual(
        match.rules.filter((rule) => speaksOf(match.destination, rule)),
      );
    },
  );
});

test('the recorded table is large enough, and both verdicts are well represented under both defaults', () => {
  for (const action of ['allow', 'deny']) {
    const decisions = recordings
      .filter(({ defaultAction }) => defaultAction === action)
      .flatMap((recording) => recording.decisions);
    const allowed = decisions.filter((decision) => decision.allowed).length;
    expect(decisions.length).toBeGreaterThanOrEqual(100);
    expect(allowed).toBeGreaterThan(decisions.length / 5);
    expect(allowed).toBeLessThan((decisions.length * 4) / 5);
  }
});
