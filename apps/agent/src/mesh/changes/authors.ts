import type { Revision, Store, Table } from '@chancery/store';
import { keptHistory } from './kept-history.ts';

/** Who made a commit, and when and why. */
export interface Author {
  readonly name: string;
  readonly revision: Revision;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Why, in the author's words. */
  readonly reason?: string;
  /** What it came by, such as `PUT /v1/config`. */
  readonly via?: string;
}

/** The author of a row as it is now; none for a row that is not there, and where the history no longer goes back so far. */
export type AuthorOf = <Row>(table: Table<Row>, key: string) => Author | undefined;

/** Tells who wrote a row last. */
export interface Authors {
  /** Reads what of the history is new, and resolves with what tells the author of any declared row. */
  readonly read: () => Promise<AuthorOf>;
}

/** The authors of all that the history of a store still knows. It is read once, then only what was added. */
export function createAuthors(store: Pick<Store, 'view' | 'history' | 'historyFloor'>): Authors {
  const known = new KnownAuthors(store);
  const authorOf: AuthorOf = (table, key) => {
    const modified = store.view.revisions(table, key)?.modified;
    return modified === undefined ? undefined : known.of(modified);
  };
  let reading: Promise<void> = Promise.resolve();
  return {
    read: async () => {
      // In turn: two that began at once would both read all of it.
      reading = reading.catch(() => undefined).then(() => known.readOn());
      await reading;
      return authorOf;
    },
  };
}

/** The authors by the revisions they made, as far back as the history is kept. */
class KnownAuthors {
  readonly #store: Pick<Store, 'history' | 'historyFloor'>;
  readonly #authors = new Map<Revision, Author>();
  #last: Revision = 0;

  constructor(store: Pick<Store, 'history' | 'historyFloor'>) {
    this.#store = store;
  }

  of(revision: Revision): Author | undefined {
    return this.#authors.get(revision);
  }

  async readOn(): Promise<void> {
    for await (const changeSet of keptHistory(this.#store, this.#last)) {
      const { revision, at, by: name, reason, why: via } = changeSet;
      const said = { ...(reason !== undefined && { reason }), ...(via !== undefined && { via }) };
      this.#authors.set(revision, { name, revision, at, ...said });
      this.#last = revision;
    }
    const floor = await this.#store.historyFloor();
    for (const revision of this.#authors.keys()) {
      if (revision > floor) return;
      this.#authors.delete(revision);
    }
  }
}
