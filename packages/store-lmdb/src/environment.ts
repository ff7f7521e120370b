/** The databases of an environment: the rows, the history and what is known about both. */
export type DatabaseName = 'rows' | 'history' | 'meta';

/** One write of a transaction; no value is a removal. */
export interface Write {
  readonly database: DatabaseName;
  readonly key: Buffer;
  readonly value?: Buffer;
}

export interface Stored {
  readonly key: Buffer;
  readonly value: Buffer;
}

/** The little that the journal needs of a transactional key-value file. */
export interface Environment {
  read(database: DatabaseName, key: Buffer): Buffer | undefined;
  /** From a key on, in the order of keys. */
  range(database: DatabaseName, start: Buffer, limit?: number): Iterable<Stored>;
  /**
   * Writes all or none in one transaction, and resolves when that has been synced to the disk.
   * `check` runs within the transaction before any write, and ends it when it throws.
   */
  write(writes: readonly Write[], check: () => void): Promise<void>;
  close(): Promise<void>;
}
