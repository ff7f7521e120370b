import {
  type Command,
  type Committed,
  memoryJournal,
  openStore,
  type Query,
  type Refusal,
  type Store,
  type StoreOptions,
} from '@chancery/store';

/** A store in memory, of which a test says for each command whether it must succeed. */
export class StoreUnderTest {
  readonly store: Store;

  constructor(store: Store) {
    this.store = store;
  }

  /** Runs a command that must succeed. */
  async run<Input, Result>(command: Command<Input, Result>, input: Input): Promise<Result> {
    const committed = await this.#commit(command, input);
    if (!committed.ok) throw new Error(`refused: ${committed.refusal.message}`);
    return committed.result;
  }

  /** Runs a command that must be refused. */
  async refused<Input, Result>(command: Command<Input, Result>, input: Input): Promise<Refusal> {
    const committed = await this.#commit(command, input);
    if (committed.ok) throw new Error('the command was not refused');
    return committed.refusal;
  }

  ask<Arg extends string, T>(query: Query<Arg, T>, arg: Arg): T {
    return this.store.read(query, arg).value;
  }

  #commit<Input, Result>(
    command: Command<Input, Result>,
    input: Input,
  ): Promise<Committed<Result>> {
    return this.store.commit(command, input, { principal: { name: 'test' } });
  }
}

/** An empty store that keeps nothing and whose clock stands still. */
export function memoryStore(tables: StoreOptions['tables']): Promise<Store> {
  return openStore({ tables, journal: memoryJournal(), now: () => 0 });
}
