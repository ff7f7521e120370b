import { type AnyQuery, type Evaluated, settled } from './evaluated.ts';
import { endCycle, evaluate, type Stack } from './evaluation.ts';
import { LastTouched } from './last-touched.ts';
import { MemoNode } from './memo-node.ts';
import type { Revision } from './revision.ts';
import type { State } from './state.ts';
import type { TouchKey } from './touch-key.ts';

export interface MemoLimits {
  /** How many results nobody watches and no other result uses are kept. */
  readonly idleResults: number;
  /** How many touched keys are remembered one by one. */
  readonly touchedKeys: number;
}

type Links = Pick<MemoNode, 'reads' | 'queries'>;

const noLinks: Links = { reads: new Set(), queries: new Set() };

/** The keys that one commit touched. */
export interface Touches {
  readonly revision: Revision;
  readonly touched: ReadonlySet<TouchKey>;
}

/**
 * The results of queries over the newest acknowledged state, as a graph from what was read to who
 * used it. A commit marks what it reaches and nothing else; a marked result is looked at when it is
 * next asked for, and evaluated again only if something below it really gave another result.
 */
export class Memo {
  readonly #limits: MemoLimits;
  readonly #lastTouched: LastTouched;
  readonly #nodes = new Map<AnyQuery, Map<string, MemoNode>>();
  readonly #readers = new Map<TouchKey, Set<MemoNode>>();
  /** Results that only the memo holds on to, least recently asked for first. */
  readonly #idle = new Set<MemoNode>();
  readonly #stack: Stack = [];
  #state: State;
  #evaluations = 0;

  constructor(state: State, limits: MemoLimits) {
    this.#state = state;
    this.#limits = limits;
    this.#lastTouched = new LastTouched(state.revision, limits.touchedKeys);
  }

  get state(): State {
    return this.#state;
  }

  /** Figures for metrics and tests. */
  get counters(): { evaluations: number; results: number; readKeys: number; touchedKeys: number } {
    let results = 0;
    for (const nodes of this.#nodes.values()) results += nodes.size;
    return {
      evaluations: this.#evaluations,
      results,
      readKeys: this.#readers.size,
      touchedKeys: this.#lastTouched.size,
    };
  }

  /** The current result of a query. Its `outcome` and `index` hold until the state advances. */
  ask(query: AnyQuery, arg: string): MemoNode {
    const node = this.#fresh(query, arg);
    if (this.#idle.delete(node)) this.#idle.add(node);
    this.#evict();
    return node;
  }

  /** Moves on to a newer state and gives the subscribers of all results that may be different now. */
  advance(state: State, commits: readonly Touches[]): Set<() => void> {
    this.#state = state;
    const reached = new Set<() => void>();
    for (const { revision, touched } of commits) {
      this.#lastTouched.touch(touched, revision);
      for (const key of touched) {
        for (const node of this.#readers.get(key) ?? []) mark(node, 'stale', reached);
      }
    }
    return reached;
  }

  /** Keeps a result and calls back whenever it may have changed, until the returned function is called. */
  subscribe(query: AnyQuery, arg: string, subscriber: () => void): () => void {
    const node = this.#fresh(query, arg);
    node.subscribers.add(subscriber);
    this.#idle.delete(node);
    this.#evict();
    return () => {
      if (!node.subscribers.delete(subscriber)) return;
      this.#release(node);
      this.#evict();
    };
  }

  readonly #fresh = (query: AnyQuery, arg: string): MemoNode => {
    const node = this.#nodes.get(query)?.get(arg) ?? this.#create(query, arg);
    this.#refresh(node);
    return node;
  };

  #create(query: AnyQuery, arg: string): MemoNode {
    const node = new MemoNode(query, arg);
    const nodes = this.#nodes.get(query) ?? new Map<string, MemoNode>();
    this.#nodes.set(query, nodes.set(arg, node));
    this.#idle.add(node);
    return node;
  }

  #refresh(node: MemoNode): void {
    if (node.status === 'fresh') return;
    if (node.status === 'running') endCycle(node.query, node.arg, this.#stack);
    if (node.status === 'suspect' && this.#stillHolds(node)) this.#settle(node);
    else this.#evaluate(node);
  }

  /** Looks at the results used, in the order of use: one that changed decides whether the later are used at all. */
  #stillHolds(node: MemoNode): boolean {
    for (const used of node.queries) {
      this.#refresh(used);
      if (node.status === 'stale') return false;
    }
    return true;
  }

  #settle(node: MemoNode): void {
    node.status = 'fresh';
    node.index = node.ownIndex;
    for (const used of node.queries) node.index = Math.max(node.index, used.index);
  }

  #evaluate(node: MemoNode): void {
    node.status = 'running';
    this.#evaluations += 1;
    const evaluated = evaluate(this.#state, node.query, node.arg, this.#fresh, this.#stack);
    this.#link(node, evaluated);
    node.ownIndex = this.#lastTouched.highest(evaluated.reads);
    this.#settle(node);
    const outcome = settled(node.query, node.current, evaluated.outcome);
    if (outcome === node.current) return;
    node.current = outcome;
    for (const user of node.users) if (user.status === 'suspect') user.status = 'stale';
  }

  #link(node: MemoNode, { reads, queries }: Evaluated): void {
    const before = { reads: node.reads, queries: node.queries };
    // Nearly always another result was made of the same.
    if (isSameSet(before.reads, reads) && isSameSet(before.queries, queries)) return;
    node.reads = reads;
    // All were asked of this memo, so all are its nodes.
    node.queries = queries as ReadonlySet<MemoNode>;
    for (const key of reads) if (!before.reads.has(key)) this.#addReader(key, node);
    for (const used of node.queries) {
      used.users.add(node);
      this.#idle.delete(used);
    }
    this.#unlink(node, before, node);
  }

  /** Lets go of what a node read or used before and does not any more. */
  #unlink(node: MemoNode, before: Links, after: Links): void {
    for (const key of before.reads) {
      if (after.reads.has(key)) continue;
      const readers = this.#readers.get(key);
      readers?.delete(node);
      if (readers?.size === 0) this.#readers.delete(key);
    }
    for (const used of before.queries) {
      if (after.queries.has(used)) continue;
      used.users.delete(node);
      this.#release(used);
    }
  }

  #addReader(key: TouchKey, node: MemoNode): void {
    const readers = this.#readers.get(key);
    if (readers === undefined) this.#readers.set(key, new Set([node]));
    else readers.add(node);
  }

  #release(node: MemoNode): void {
    if (node.isIdle) this.#idle.add(node);
  }

  /**
   * Forgets the results longest not asked for, many at once since finding the first of a set means
   * passing over all that was deleted before it. What only they used becomes idle in its turn.
   */
  #evict(): void {
    const limit = this.#limits.idleResults;
    if (this.#stack.length > 0 || this.#idle.size <= limit) return;
    for (const node of this.#idle) {
      if (this.#idle.size <= limit - (limit >>> 2)) return;
      this.#forget(node);
    }
  }

  #forget(node: MemoNode): void {
    this.#idle.delete(node);
    const nodes = this.#nodes.get(node.query);
    nodes?.delete(node.arg);
    if (nodes?.size === 0) this.#nodes.delete(node.query);
    this.#unlink(node, node, noLinks);
  }
}

/** Also in the same order, which is the one in which what was used is looked at. */
function isSameSet<T>(some: ReadonlySet<T>, others: ReadonlySet<T>): boolean {
  if (some.size !== others.size) return false;
  const rest = others.values();
  for (const one of some) if (rest.next().value !== one) return false;
  return true;
}

/** Marks a node, and as suspect all that use it; what is marked already has reached them before. */
function mark(node: MemoNode, status: 'stale' | 'suspect', reached: Set<() => void>): void {
  const before = node.status;
  if (before === 'fresh' || status === 'stale') node.status = status;
  if (before !== 'fresh') return;
  for (const subscriber of node.subscribers) reached.add(subscriber);
  for (const user of node.users) mark(user, 'suspect', reached);
}
