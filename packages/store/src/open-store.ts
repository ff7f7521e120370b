import type { Log } from './deliveries.ts';
import type { Journal } from './journal.ts';
import { LiveStore } from './live-store.ts';
import type { MemoLimits } from './memo.ts';
import { emptyState, loadState } from './state.ts';
import type { Store } from './store.ts';
import type { Table } from './table.ts';

/** Bounds of what a store keeps beside its rows, and its patience. */
export interface StoreLimits extends MemoLimits {
  /** After a failed flush commits are refused for so long; then one is tried again. In milliseconds. */
  readonly retryAfterMs: number;
}

export interface StoreOptions {
  readonly tables: readonly Table<never>[];
  readonly journal: Journal;
  /** The clock, in milliseconds since 1970: it dates the history. */
  readonly now: () => number;
  readonly log?: Log;
  readonly limits?: Partial<StoreLimits>;
}

const defaultLimits: StoreLimits = { idleResults: 4096, touchedKeys: 65_536, retryAfterMs: 1000 };

/**
 * Opens a store on what its journal holds. The store owns the journal and closes it.
 *
 * @throws Error when the journal cannot be read, or holds rows that these tables do not explain.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { journal, now, log = () => {} } = options;
  try {
    const { revision, rows } = await journal.load();
    const state = loadState(emptyState(options.tables, revision), rows);
    const limits = { ...defaultLimits, ...options.limits };
    return new LiveStore(state, { journal, now, log, limits });
  } catch (error) {
    await journal[Symbol.asyncDispose]();
    throw error;
  }
}
