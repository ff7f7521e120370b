import { expect } from 'vitest';
import {
  type ChangeSet,
  commit,
  type Journal,
  memoryJournal,
  type Operation,
  openStore,
  planned,
  put,
  type Read,
  remove,
  type Store,
} from '../index.ts';
import { declared, type ItemQuery, reads, secret, tables } from './items.ts';
import { modelAfter, modelText } from './model.ts';
import { type Model, naiveView } from './naive-view.ts';

/** What a run of the property does next. */
export type Step =
  | { readonly do: 'commit'; readonly operations: readonly Operation[]; readonly fails: boolean }
  | { readonly do: 'watch' | 'unwatch' | 'wait' | 'read'; readonly target: number }
  | { readonly do: 'restart' | 'plan' };

const text = (value: unknown): string => JSON.stringify(value) ?? 'undefined';

/** A store beside the model of it, compared after every step. */
export class ModelledStore {
  readonly #limits: { idleResults: number; touchedKeys: number; retryAfterMs: number };
  readonly #journal: Journal;
  readonly #watches = new Map<number, { watch: Disposable; last: Read<unknown> | undefined }>();
  readonly #waits: { target: number; from: string; over: boolean }[] = [];
  readonly #seen = new Map<number, { text: string; index: number }>();
  readonly #abort = new AbortController();
  #failing = false;
  #model: Model = new Map();
  #store: Store | undefined;

  constructor(idleResults: number, touchedKeys: number) {
    this.#limits = { idleResults, touchedKeys, retryAfterMs: 0 };
    const inner = memoryJournal();
    this.#journal = {
      ...inner,
      append: async (batch) => {
        if (this.#failing) throw new Error('no space');
        await inner.append(batch);
      },
    };
  }

  get store(): Store {
    if (this.#store === undefined) throw new Error('not open');
    return this.#store;
  }

  async open(): Promise<void> {
    const journal = this.#journal;
    this.#store = await openStore({
      tables: tables,
      journal,
      now: () => 1,
      limits: this.#limits,
    });
  }

  async take(one: Step): Promise<void> {
    switch (one.do) {
      case 'commit':
        await this.#commit(one.operations, one.fails);
        break;
      case 'restart':
        await this.#restart();
        break;
      case 'plan':
        this.#plan();
        break;
      case 'read':
        this.#read(one.target);
        break;
      case 'wait':
        this.#wait(one.target);
        break;
      default:
        this.#watch(one.target, one.do === 'watch');
    }
    await new Promise(setImmediate);
    this.#check();
  }

  async close(): Promise<void> {
    this.#abort.abort();
    for (const { watch } of this.#watches.values()) watch[Symbol.dispose]();
    expect(this.store.counters.watchers).toBe(0);
    await this.store[Symbol.asyncDispose]();
  }

  async #commit(operations: readonly Operation[], fails: boolean): Promise<void> {
    this.#failing = fails;
    const { revision } = this.store.view;
    const next = modelAfter(this.#model, operations, revision + 1);
    const isChange = modelText(next) !== modelText(this.#model);
    const by = { principal: { name: 'p' } };
    // A second commit on the head of the first: it sees it through queries, whether that lasts or not.
    const [first, second] = await Promise.all([
      this.store.commit(() => commit(operations, 0), undefined, by),
      this.store.commit(
        (view) =>
          commit(
            [],
            reads.map(({ query, arg }) => text(view.query(query, arg))),
          ),
        undefined,
        by,
      ),
    ]);
    this.#failing = false;
    expect([first.ok, second.ok]).toEqual(fails && isChange ? [false, false] : [true, true]);
    if (!first.ok) return;
    this.#model = next;
    expect(this.store.view.revision).toBe(revision + (isChange ? 1 : 0));
    if (second.ok) expect(second.result).toEqual(this.#expected());
  }

  #expected(): string[] {
    const naive = naiveView(this.#model);
    return reads.map(({ query, arg }) => text(query.evaluate(naive, arg)));
  }

  async #restart(): Promise<void> {
    for (const { watch } of this.#watches.values()) watch[Symbol.dispose]();
    this.#watches.clear();
    // Closing a store ends its waits, whatever they waited for.
    this.#waits.length = 0;
    await this.store[Symbol.asyncDispose]();
    await this.open();
  }

  /** A plan sees what it would do, and leaves everything as it is. */
  #plan(): void {
    const operations = [put(declared, { key: 'a', groups: ['b'], n: 9 }), remove(secret, 'b')];
    const { view } = planned(this.store.view, operations);
    const naive = naiveView(modelAfter(this.#model, operations, this.store.view.revision + 1));
    for (const { query, arg } of reads) {
      expect(text(view.query(query, arg))).toBe(text(query.evaluate(naive, arg)));
    }
  }

  #read(number: number): Read<unknown> {
    const { query, arg } = readAt(number);
    const read = this.store.read(query, arg);
    expect(this.store.view.query(query, arg)).toEqual(read.value);
    return read;
  }

  #wait(number: number): void {
    const { query, arg } = readAt(number);
    const { value, index } = this.#read(number);
    const wait = { target: number, from: text(value), over: false };
    this.#waits.push(wait);
    void this.store.wait(query, arg, index, this.#abort.signal).then((read) => {
      wait.over = true;
      if (!this.#abort.signal.aborted && this.#waits.includes(wait)) {
        expect(read.index).toBeGreaterThan(index);
      }
    });
  }

  #watch(number: number, start: boolean): void {
    const open = this.#watches.get(number);
    if (!start) {
      open?.watch[Symbol.dispose]();
      this.#watches.delete(number);
    } else if (open === undefined) {
      const { query, arg } = readAt(number);
      const state: { watch: Disposable; last: Read<unknown> | undefined } = {
        last: undefined,
        watch: this.store.watch(query, arg, (read) => {
          expect(state.last !== undefined && Object.is(state.last.value, read.value)).toBe(false);
          state.last = read;
        }),
      };
      this.#watches.set(number, state);
    }
  }

  #check(): void {
    const expected = this.#expected();
    for (const [number, wanted] of expected.entries()) {
      const { value, index } = this.#read(number);
      expect(text(value)).toBe(wanted);
      const before = this.#seen.get(number);
      if (before !== undefined && before.text !== wanted)
        expect(index).toBeGreaterThan(before.index);
      this.#seen.set(number, { text: wanted, index });
      const watched = this.#watches.get(number);
      if (watched !== undefined) expect(watched.last?.value).toBe(value);
    }
    for (const { target: number, from, over } of this.#waits) {
      if (from !== expected[number]) expect(over).toBe(true);
    }
  }

  /** What a new store finds in the journal, and what its history tells, are what this one has. */
  async checkReplay(): Promise<void> {
    const { store } = this;
    const again = await openStore({ tables: tables, journal: this.#journal, now: () => 1 });
    expect(again.view.revision).toBe(store.view.revision);
    for (const table of tables) {
      const rows = again.view.all(table);
      expect(rows).toEqual(store.view.all(table));
      for (const { key } of rows) {
        expect(again.view.revisions(table, key)).toEqual(store.view.revisions(table, key));
      }
    }
    const told = new Map<string, unknown>();
    const history: ChangeSet[] = [];
    for await (const one of store.history(0)) history.push(one);
    for (const { table, key, before, after } of history.flatMap(({ changes }) => changes)) {
      expect(table).toBe('d');
      expect(told.get(key)).toEqual(before);
      if (after === undefined) told.delete(key);
      else told.set(key, after);
    }
    expect([...told.values()]).toHaveLength(store.view.all(declared).length);
    for (const row of store.view.all(declared)) expect(told.get(row.key)).toEqual(row);
  }
}

function readAt(number: number): { query: ItemQuery; arg: string } {
  const found = reads[number];
  if (found === undefined) throw new Error(`there is no read ${number}`);
  return found;
}
