import type { HistoryItem } from '@chancery/mesh-api';
import type { Telling } from '@chancery/plan';
import type { Store, StoreOptions } from '@chancery/store';
import { historyItem, historyPage } from '../changes/history-page.ts';
import { keptHistory } from '../changes/kept-history.ts';
import { turnsBetween } from '../turns-between.ts';
import type { OpenRows, RowSink } from './live-rows.ts';
import { type OnFailure, Paced } from './paced.ts';

/** What tells of the history. */
export interface HistoryRowsParts {
  readonly store: Pick<Store, 'view' | 'follow' | 'history' | 'historyFloor'>;
  readonly tables: StoreOptions['tables'];
  /** How changes of rows are told, as whoever lists the history is told of them. */
  readonly tell: Telling;
  readonly onFailure: OnFailure;
}

/** So many are shown; older ones are asked for. */
const shown = 100;
/** So many changes of each are told: a row is sent to everybody who watches. */
const changesAtMost = 100;

/** The newest changes, by their revisions. */
export function historyRows(parts: HistoryRowsParts): OpenRows<HistoryItem> {
  return (sink) => new HistoryRows(parts, sink);
}

class HistoryRows implements Disposable {
  readonly ready: Promise<void>;
  readonly #parts: HistoryRowsParts;
  readonly #sink: RowSink<HistoryItem>;
  readonly #stack = new DisposableStack();
  /** The revisions that are shown, oldest first. */
  readonly #shown: number[] = [];

  constructor(parts: HistoryRowsParts, sink: RowSink<HistoryItem>) {
    this.#parts = parts;
    this.#sink = sink;
    const update = this.#stack.use(new Paced(() => this.#refresh(), parts.onFailure));
    for (const table of parts.tables.filter(({ kind }) => kind === 'declared')) {
      const change = (): void => update.request();
      this.#stack.use(parts.store.follow(table, change, { skipPresent: true }));
    }
    this.ready = this.#begin();
  }

  [Symbol.dispose](): void {
    this.#stack.dispose();
  }

  async #begin(): Promise<void> {
    const { store, tell } = this.#parts;
    const { items } = await historyPage(store, { limit: shown }, tell, changesAtMost);
    for (const item of items.toReversed()) this.#show(item);
  }

  async #refresh(): Promise<void> {
    await this.ready;
    const { store, tell } = this.#parts;
    const othersTurn = turnsBetween();
    for await (const changeSet of keptHistory(store, this.#shown.at(-1) ?? 0)) {
      this.#show(await historyItem(changeSet, tell, othersTurn, changesAtMost));
    }
  }

  #show(item: HistoryItem): void {
    if (this.#stack.disposed) return;
    this.#shown.push(item.revision);
    this.#sink.put(String(item.revision), item);
    const oldest = this.#shown.length > shown ? this.#shown.shift() : undefined;
    if (oldest !== undefined) this.#sink.remove(String(oldest));
  }
}
