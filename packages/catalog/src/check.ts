import type { CheckDefinition, CheckStatus } from '@chancery/model';
import { defineTable, type Table } from '@chancery/store';
import { checkKey, subjectKey } from './keys.ts';

/** A check as declared, and what it is about. */
export interface Check extends CheckDefinition {
  readonly node: string;
  /** Empty for a check of the node itself. */
  readonly serviceId: string;
  /** Registered by itself, not with its service: clients are shown that in how its times are printed. */
  readonly alone?: true;
}

/** What a check last found. */
export interface CheckState {
  readonly status: CheckStatus;
  readonly output: string;
}

/** The last verdict of one check. No row: the check has not reported yet. */
export interface StoredStatus extends CheckState {
  readonly node: string;
  readonly checkId: string;
}

/** The declared checks by node and check ID. Indexes: `subject` by what is checked, `node`. */
export const checks: Table<Check> = defineTable<Check>({
  name: 'checks',
  kind: 'declared',
  key: (row) => checkKey(row.node, row.checkId),
  indexes: {
    subject: (row) => [subjectKey(row.node, row.serviceId)],
    node: (row) => [row.node],
  },
});

/** The verdicts of checks: observed, so without a history. An alias check has none, it is derived. */
export const checkStatuses: Table<StoredStatus> = defineTable<StoredStatus>({
  name: 'checkStatuses',
  kind: 'observed',
  key: (row) => checkKey(row.node, row.checkId),
});
