import type { AnyQuery, Evaluated, Outcome } from './evaluated.ts';
import type { Revision } from './revision.ts';
import type { TouchKey } from './touch-key.ts';

const nothing: ReadonlySet<never> = new Set<never>();

/** A memoised result in the graph of queries. */
export class MemoNode implements Evaluated {
  readonly query: AnyQuery;
  readonly arg: string;
  /**
   * `fresh`: current. `suspect`: something a query below it read was touched. `stale`: something it
   * read itself was touched, or a result it used is now another. `running`: being evaluated.
   */
  status: 'fresh' | 'suspect' | 'stale' | 'running' = 'stale';
  current: Outcome | undefined;
  reads: ReadonlySet<TouchKey> = nothing;
  queries: ReadonlySet<MemoNode> = nothing;
  /** The nodes whose results use this one. */
  readonly users: Set<MemoNode> = new Set();
  /** What is called when this node may have changed. */
  readonly subscribers: Set<() => void> = new Set();
  /** The highest revision that touched its own reads, when they were taken. */
  ownIndex: Revision = 0;
  /** The highest revision that touched its reads and those of the queries below it. */
  index: Revision = 0;

  constructor(query: AnyQuery, arg: string) {
    this.query = query;
    this.arg = arg;
  }

  get outcome(): Outcome {
    if (this.current === undefined) throw new Error(`query "${this.query.name}" was not evaluated`);
    return this.current;
  }

  get isIdle(): boolean {
    return this.users.size === 0 && this.subscribers.size === 0;
  }
}
