import type { ChangeSource } from '@chancery/mesh-api';

type Plan = Extract<Awaited<ReturnType<ChangeSource['plan']>>, { readonly ok: true }>['value'];

/** A plan without a change, of which a test says what is in it. */
export function planOf(rest: Partial<Plan> = {}): Plan {
  return {
    revision: 41,
    digest: 'd1',
    changes: [],
    flips: [],
    proxies: [],
    proxiesConsidered: 3,
    warnings: [],
    ...rest,
  };
}

/** A source of changes that remembers what it was asked, and answers as a test says. */
export interface FakeChanges {
  readonly source: ChangeSource;
  readonly asked: readonly unknown[];
}

/** Of what is not given nothing comes: no change, no history. */
export function fakeChanges(answers: Partial<ChangeSource> = {}): FakeChanges {
  const asked: unknown[] = [];
  const noted =
    <Asked extends readonly unknown[], T>(name: string, answer: (...question: Asked) => T) =>
    (...question: Asked): T => {
      // That somebody waits for it is no part of what is asked.
      asked.push([name, ...question.filter((part) => !(part instanceof AbortSignal))]);
      return answer(...question);
    };
  const made = { ok: true, value: { revision: 42, changes: [], warnings: [] } } as const;
  const source: ChangeSource = {
    plan: async () => ({ ok: true, value: planOf() }),
    apply: async () => made,
    history: async () => ({ items: [], floor: 0, revision: 41, more: false }),
    diff: async () => ({ ok: true, value: { to: 41, changes: [] } }),
    planRollback: async () => ({ ok: true, value: planOf() }),
    rollback: async () => made,
    ...answers,
  };
  return {
    asked,
    source: {
      plan: noted('plan', source.plan),
      apply: noted('apply', source.apply),
      history: noted('history', source.history),
      diff: noted('diff', source.diff),
      planRollback: noted('planRollback', source.planRollback),
      rollback: noted('rollback', source.rollback),
    },
  };
}
