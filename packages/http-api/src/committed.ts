import type { Committed, Refusal } from '@chancery/store';
import { failure, type Reply } from './reply.ts';

const statuses: Readonly<Record<Refusal['code'], number>> = {
  invalid: 400,
  'not-found': 404,
  conflict: 500,
  forbidden: 403,
  exhausted: 400,
  unavailable: 500,
};

/** Answers with what came of a commit, and with the revision that it led to; a refusal with its own words. */
export function committed<Result>(
  outcome: Committed<Result>,
  reply: (result: Result) => Reply,
): Reply {
  if (outcome.ok) return { ...reply(outcome.result), revision: outcome.revision };
  return failure(statuses[outcome.refusal.code], outcome.refusal.message);
}
