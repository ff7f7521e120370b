import {
  type Command,
  type Committed,
  memoryJournal,
  openStore,
  type Query,
  type Refusal,
  type Store,
} from '@chancery/store';
import { configEntries, createIntention, upsertIntention } from '../index.ts';

/** A store of entries in memory, for tests. */
export class IntentionsLab {
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

  /** Creates an intention by a text such as `web => db (deny)`, with an ID made of its names. */
  async create(text: string, nowMs = 1): Promise<string> {
    const pair = parsed(text);
    const id = `${pair.source}-${pair.destination}`;
    await this.run(createIntention, { ...pair, id, nowMs });
    return id;
  }

  /** Puts an intention as the newer API does. */
  async put(text: string, nowMs = 1): Promise<void> {
    await this.run(upsertIntention, { ...parsed(text), nowMs });
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

export async function openIntentionsLab(): Promise<IntentionsLab> {
  const journal = memoryJournal();
  return new IntentionsLab(await openStore({ tables: [configEntries], journal, now: () => 0 }));
}

/** The parts of a text such as `web => db (deny)`. */
export function parsed(text: string): { source: string; destination: string; action: string } {
  const [, source = '', destination = '', action = ''] =
    /^(\S*) => (\S*) \((\w+)\)$/.exec(text) ?? [];
  return { source, destination, action };
}
