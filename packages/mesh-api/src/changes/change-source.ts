import type { DeclaredChange, Plan } from '@chancery/plan';
import type { Principal, Refusal } from '@chancery/store';

/** A config entry to write, as it came: the source decodes it. */
export interface EntryInput {
  readonly entry: unknown;
  /** Where it comes from, such as `db.hcl`; told where something is wrong with it. */
  readonly origin: string;
}

/** What is to be written and deleted, as one change. */
export interface RequestedChange {
  readonly entries: readonly EntryInput[];
  readonly deletions: readonly { readonly kind: string; readonly name: string }[];
  /** Deletes every config entry that is not among the entries. */
  readonly prune: boolean;
}

/** A value, or why there is none. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal };

/** Who makes a change, and how. */
export interface Authorship {
  readonly principal: Principal;
  /** Why, in the words of who makes it. */
  readonly reason?: string;
  /** What it came by. */
  readonly via: string;
  /** The digest of the plan that was read. */
  readonly expectedDigest?: string;
}

/** A change that was made; of nothing where all was so already. */
export interface AppliedChange {
  readonly revision: number;
  readonly changes: readonly DeclaredChange[];
  readonly warnings: readonly string[];
}

/** What one commit changed of what is declared. */
export interface HistoryItem {
  readonly revision: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly by: string;
  readonly reason?: string;
  readonly via?: string;
  readonly changes: readonly DeclaredChange[];
  /** How many more there are, where not all are told. */
  readonly moreChanges?: number;
}

/** Which part of the history is wanted, newest first. */
export interface HistoryQuestion {
  readonly before?: number;
  readonly limit: number;
  readonly kind?: string;
  readonly name?: string;
}

/** A part of the history. */
export interface HistoryPage {
  readonly items: readonly HistoryItem[];
  /** The revision after which the history is complete: 0 while all of it is kept. */
  readonly floor: number;
  readonly revision: number;
  readonly more: boolean;
}

/** Where changes are planned, made and looked up. */
export interface ChangeSource {
  /** The signal aborts when nobody waits for the plan any more. */
  readonly plan: (change: RequestedChange, signal?: AbortSignal) => Promise<Outcome<Plan>>;
  readonly apply: (change: RequestedChange, by: Authorship) => Promise<Outcome<AppliedChange>>;
  readonly history: (question: HistoryQuestion) => Promise<HistoryPage>;
  /** Refuses a revision that the history no longer goes back to, by name. */
  readonly diff: (
    from: number,
    to: number | undefined,
  ) => Promise<Outcome<{ readonly to: number; readonly changes: readonly DeclaredChange[] }>>;
  readonly planRollback: (revision: number, signal?: AbortSignal) => Promise<Outcome<Plan>>;
  readonly rollback: (revision: number, by: Authorship) => Promise<Outcome<AppliedChange>>;
}
