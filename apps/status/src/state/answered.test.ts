import { create } from '@bufbuild/protobuf';
import {
  ApplyResponseSchema,
  ChangeSchema,
  PlanResponseSchema,
} from '@chancery/mesh-api/v1/changes';
import { ExplainResponseSchema } from '@chancery/mesh-api/v1/intentions';
import { describe, expect, test } from 'vitest';
import { keys, shown, testNow, toldState, typed } from '../testing/told-state.ts';
import { message } from '../testing/world-messages.ts';
import { reduce } from './reduce.ts';
import type { State } from './state.ts';

describe('explaining', () => {
  test('a pair of the matrix is asked for and shown', () => {
    const asked = keys(toldState(), '4', 'j', 'l', 'enter');
    const [{ id, question } = { id: 0, question: undefined }] = asked.questions.open;
    expect(question).toEqual({ kind: 'explain', source: 'db', destination: 'db' });
    const value = create(ExplainResponseSchema, {
      allowed: false,
      summary: 'db may not',
      revision: 42n,
    });
    const told = reduce(asked, { kind: 'answered', id, answer: { kind: 'explain', value } });
    expect(shown(told)).toContain('✗ DENIED  as of r42');
    const newer = message({ case: 'alive', value: {} }, { now: testNow, revision: 43n });
    const again = reduce(told, { kind: 'message', message: newer });
    expect(again.questions.open).toHaveLength(1);
    expect(shown(again)).toContain('✗ DENIED');
  });

  test('of one service the other is asked for by name', () => {
    expect(keys(toldState(), '3', 'x').mode).toEqual({ kind: 'jump', text: 'explain api ' });
  });
});

describe('writing', () => {
  const plan = create(PlanResponseSchema, {
    revision: 42n,
    digest: 'd-1',
    changes: [{ kind: 'service-intentions', name: 'db' }],
  });

  function planned(state: State): State {
    const [{ id } = { id: 0 }] = state.questions.open;
    const change = create(ChangeSchema, {});
    return reduce(state, { kind: 'answered', id, answer: { kind: 'plan', value: plan, change } });
  }

  test.each(['a', 'd', 'D'])('%s is refused on a screen that is read-only, and says so', (key) => {
    const state = keys(toldState(), '4', key);
    expect(state.questions.open).toEqual([]);
    expect(shown(state)).toContain('read-only: with chancery status -write');
  });

  test('a change is planned, shown with its command, and made only when that is confirmed', () => {
    const open = planned(keys(toldState(undefined, { mayWrite: true }), '4', 'l', 'd'));
    expect(shown(open)).toContain('chancery intention create -deny -replace api db');
    expect(keys(open, 'enter', 'y', 'a', 'n').questions.open).toEqual([]);
    const reasoned = keys(typed(keys(open, 'e'), "it's 7"), 'enter');
    expect(shown(reasoned)).toContain(`-reason 'it'\\''s 7' api db`);
    const made = keys(reasoned, 'Y');
    expect(made.questions.open.map(({ question }) => question)).toMatchObject([
      {
        kind: 'apply',
        digest: 'd-1',
        reason: "it's 7",
        write: { effect: 'deny', source: 'api', destination: 'db' },
      },
    ]);
    expect(keys(made, 'Y').questions).toEqual(made.questions);
  });

  test('what was made is followed to the proxies', () => {
    const made = keys(planned(keys(toldState(undefined, { mayWrite: true }), '4', 'l', 'd')), 'Y');
    const [{ id } = { id: 0 }] = made.questions.open;
    const value = create(ApplyResponseSchema, { revision: 43n, changes: [{ name: 'db' }] });
    const told = reduce(made, { kind: 'answered', id, answer: { kind: 'apply', value } });
    expect(shown(told)).toContain('✓ Made at r43, waiting for the proxies');
    expect(told.questions.open.map(({ question }) => question)).toEqual([
      { kind: 'enforced', revision: 43n },
    ]);
  });

  test('a refusal is shown, and nothing is made twice', () => {
    const made = keys(planned(keys(toldState(undefined, { mayWrite: true }), '4', 'd')), 'Y');
    const [{ id } = { id: 0 }] = made.questions.open;
    const answer = {
      kind: 'failed' as const,
      reason: 'the plan is of r42, and the state has moved on',
    };
    const told = reduce(made, { kind: 'answered', id, answer });
    expect(shown(told)).toContain('✗ Not made: the plan is of r42');
    expect(keys(told, 'Y').questions.open).toEqual([]);
  });

  test('a revision of the history can be rolled back to', () => {
    const open = planned(keys(toldState(undefined, { mayWrite: true }), '6', 'j', 'r'));
    expect(shown(open)).toContain('chancery rollback 41');
    const [{ question } = { question: undefined }] = keys(open, 'Y').questions.open;
    expect(question).toMatchObject({ kind: 'apply', write: { kind: 'rollback', revision: 41n } });
  });

  test('what comes to nothing cannot be made', () => {
    const asked = keys(toldState(undefined, { mayWrite: true }), '4', 'd');
    const [{ id } = { id: 0 }] = asked.questions.open;
    const value = create(PlanResponseSchema, { digest: 'd-2' });
    const idle = reduce(asked, {
      kind: 'answered',
      id,
      answer: { kind: 'plan', value, change: undefined },
    });
    expect(shown(idle)).toContain('nothing: all is so already');
    expect(keys(idle, 'Y').questions.open).toEqual([]);
  });
});
