import type { Standing } from '../output/standing.ts';

/** One thing that was looked at, in words for people. */
export interface Finding {
  readonly group: string;
  readonly name: string;
  readonly status: Standing;
  readonly message: string;
  /** The way to mend it; empty where nothing is wrong. */
  readonly hint: string;
}

/** The findings of one group. */
export function findingsOf(group: string): {
  readonly ok: (name: string, message: string) => Finding;
  readonly warning: (name: string, message: string, hint: string) => Finding;
  readonly failed: (name: string, message: string, hint: string) => Finding;
  readonly skipped: (name: string, message: string, hint?: string) => Finding;
} {
  return {
    ok: (name, message) => ({ group, name, status: 'ok', message, hint: '' }),
    warning: (name, message, hint) => ({ group, name, status: 'warning', message, hint }),
    failed: (name, message, hint) => ({ group, name, status: 'failed', message, hint }),
    skipped: (name, message, hint = '') => ({ group, name, status: 'skipped', message, hint }),
  };
}
