import {
  configEntries,
  configEntryKey,
  deadlineDestination,
  intentionDeadlines,
  storedIntentionsIn,
} from '@chancery/config-entries';
import type { IntentionSummary } from '@chancery/mesh-api';
import type { Store, View } from '@chancery/store';
import type { AuthorOf, Authors } from '../changes/authors.ts';
import { intentionKey, intentionSummary } from './intention-summary.ts';
import type { OpenRows, RowSink } from './live-rows.ts';
import { type OnFailure, Paced } from './paced.ts';

/** What tells of intentions. */
export interface IntentionRowsParts {
  readonly store: Pick<Store, 'view' | 'follow'>;
  readonly authors: Authors;
  readonly onFailure: OnFailure;
}

/** The intentions as `source => destination`, each with who wrote its entry and when it ends. */
export function intentionRows(parts: IntentionRowsParts): OpenRows<IntentionSummary> {
  return (sink) => new IntentionRows(parts, sink);
}

class IntentionRows implements Disposable {
  readonly ready: Promise<void>;
  readonly #parts: IntentionRowsParts;
  readonly #sink: RowSink<IntentionSummary>;
  readonly #stack = new DisposableStack();
  /** The rows that each entry became. */
  readonly #rows = new Map<string, ReadonlySet<string>>();
  #touched: Set<string>;

  constructor(parts: IntentionRowsParts, sink: RowSink<IntentionSummary>) {
    this.#parts = parts;
    this.#sink = sink;
    const { store, onFailure } = parts;
    const update = this.#stack.use(new Paced(() => this.#refresh(), onFailure));
    const touch = (keys: readonly string[]): void => {
      for (const key of keys) this.#touched.add(key);
      update.request();
    };
    const changes = { skipPresent: true };
    this.#stack.use(
      store.follow(configEntries, (rows) => touch(rows.map(([key]) => key)), changes),
    );
    this.#stack.use(
      store.follow(intentionDeadlines, (rows) => touch(rows.map(([key]) => entryOf(key))), changes),
    );
    this.#touched = new Set(intentionEntries(store.view));
    this.ready = this.#refresh();
  }

  [Symbol.dispose](): void {
    this.#stack.dispose();
  }

  async #refresh(): Promise<void> {
    const authorOf = await this.#parts.authors.read();
    if (this.#stack.disposed) return;
    const touched = this.#touched;
    this.#touched = new Set();
    for (const key of touched) this.#tell(key, authorOf);
  }

  #tell(entryKey: string, authorOf: AuthorOf): void {
    const { view } = this.#parts.store;
    const entry = view.get(configEntries, entryKey);
    const gone = new Set(this.#rows.get(entryKey));
    const rows = new Set<string>();
    if (entry?.kind === 'service-intentions') {
      const author = authorOf(configEntries, entryKey);
      for (const intention of storedIntentionsIn(view, entry)) {
        const key = intentionKey(intention);
        gone.delete(key);
        rows.add(key);
        this.#sink.put(key, intentionSummary(intention, author));
      }
    }
    for (const key of gone) this.#sink.remove(key);
    if (rows.size === 0) this.#rows.delete(entryKey);
    else this.#rows.set(entryKey, rows);
  }
}

function intentionEntries(view: View): readonly string[] {
  return view
    .by(configEntries, 'kind', 'service-intentions')
    .map((entry) => configEntries.key(entry));
}

/** The key of the entry that the intention of a deadline is in. */
function entryOf(deadlineKey: string): string {
  return configEntryKey('service-intentions', deadlineDestination(deadlineKey));
}
