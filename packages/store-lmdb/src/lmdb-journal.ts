import {
  assertFollows,
  assertKept,
  type ChangeSet,
  type Journal,
  type JournalEntry,
  type Loaded,
  type Revision,
  type StoredRow,
} from '@chancery/store';
import type { Environment, Stored, Write } from './environment.ts';
import { type Meta, metaWrite, readMeta } from './meta.ts';
import { decodeRecord, encodeRecord, historyAddress, rowAddress } from './record.ts';

export interface LmdbJournalOptions {
  /** How many change sets the history keeps. */
  readonly retention: number;
}

/** A journal in an environment; `path` names it in errors. */
export class LmdbJournal implements Journal {
  readonly #environment: Environment;
  readonly #path: string;
  readonly #retention: number;
  /** The revisions of the change sets kept, oldest first. */
  readonly #kept: Revision[];
  #meta: Meta;

  /** @throws Error for a damaged journal or one of a newer version. */
  constructor(environment: Environment, path: string, { retention }: LmdbJournalOptions) {
    this.#environment = environment;
    this.#path = path;
    this.#retention = retention;
    this.#meta = readMeta(environment, path);
    this.#kept = Array.from(environment.range('history', historyAddress(0)), ({ key }) =>
      Number(key.readBigUInt64BE()),
    );
  }

  async load(): Promise<Loaded> {
    return { revision: this.#meta.revision, rows: this.#rows() };
  }

  async append(batch: readonly JournalEntry[]): Promise<void> {
    assertFollows(this.#meta.revision, batch);
    const last = batch.at(-1);
    if (last === undefined) return;
    const { trimmed, historyFloor } = this.#trim(batch);
    const meta = { ...this.#meta, revision: last.revision, historyFloor };
    const writes = lastOfEach([...batch.flatMap(entryWrites), ...trimmed, metaWrite(meta)]);
    await this.#environment.write(writes, () => this.#assertUnchanged());
    this.#meta = meta;
    this.#kept.push(...historyRevisions(batch));
    this.#kept.splice(0, Math.max(0, this.#kept.length - this.#retention));
  }

  async *history(after: Revision): AsyncGenerator<ChangeSet> {
    let position = after;
    while (true) {
      // In pieces, since a read that is open for long keeps the file from reusing its pages.
      assertKept(position, this.#meta.historyFloor);
      const piece = [...this.#environment.range('history', historyAddress(position + 1), 256)];
      for (const { key, value } of piece) {
        const revision = Number(key.readBigUInt64BE());
        yield this.#decode({ key, value }, `change set ${revision}`) as ChangeSet;
        position = revision;
      }
      if (piece.length === 0) return;
    }
  }

  async historyFloor(): Promise<Revision> {
    return this.#meta.historyFloor;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#environment.close();
  }

  *#rows(): Generator<StoredRow> {
    for (const stored of this.#environment.range('rows', Buffer.alloc(1))) {
      const name = `row "${stored.key.toString('utf8').replace('\0=', '/')}"`;
      yield this.#decode(stored, name) as StoredRow;
    }
  }

  #decode({ key, value }: Stored, name: string): unknown {
    return decodeRecord(key, value, `${this.#path}: the record of ${name}`);
  }

  /**
   * A batch whose write failed may have reached the file nonetheless. Then memory and file differ, and
   * only opening the journal again can tell what holds.
   */
  #assertUnchanged(): void {
    const { revision } = readMeta(this.#environment, this.#path);
    if (revision === this.#meta.revision) return;
    throw new Error(
      `${this.#path} is at revision ${revision} and not ${this.#meta.revision} as it should be; restart to go on from what it holds`,
    );
  }

  /** What of the history goes to make room for a batch. */
  #trim(batch: readonly JournalEntry[]): { trimmed: Write[]; historyFloor: Revision } {
    const fresh = historyRevisions(batch);
    const excess = Math.max(0, this.#kept.length + fresh.length - this.#retention);
    const dropped = [
      ...this.#kept.slice(0, excess),
      ...fresh.slice(0, Math.max(0, excess - this.#kept.length)),
    ];
    const trimmed = dropped.map((revision): Write => {
      return { database: 'history', key: historyAddress(revision) };
    });
    return { trimmed, historyFloor: dropped.at(-1) ?? this.#meta.historyFloor };
  }
}

function historyRevisions(batch: readonly JournalEntry[]): Revision[] {
  return batch.flatMap(({ history }) => history?.revision ?? []);
}

function entryWrites({ writes, history }: JournalEntry): Write[] {
  const rows = writes.map((row): Write => {
    const key = rowAddress(row.table, row.key);
    if (row.row === undefined) return { database: 'rows', key };
    return { database: 'rows', key, value: encodeRecord(key, row) };
  });
  if (history === undefined) return rows;
  const key = historyAddress(history.revision);
  return [...rows, { database: 'history', key, value: encodeRecord(key, history) }];
}

/** A row that changed several times within a batch is written once. */
function lastOfEach(writes: readonly Write[]): readonly Write[] {
  const byAddress = new Map<string, Write>();
  for (const write of writes) byAddress.set(write.database + write.key.toString('latin1'), write);
  return [...byAddress.values()];
}
