import { memoryStore, StoreUnderTest } from '@chancery/testing';
import { configEntries, createIntention, upsertIntention } from '../index.ts';

/** A store of entries in memory, for tests. */
export class IntentionsLab extends StoreUnderTest {
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
}

export async function openIntentionsLab(): Promise<IntentionsLab> {
  return new IntentionsLab(await memoryStore([configEntries]));
}

/** The parts of a text such as `web => db (deny)`. */
export function parsed(text: string): { source: string; destination: string; action: string } {
  const [, source = '', destination = '', action = ''] =
    /^(\S*) => (\S*) \((\w+)\)$/.exec(text) ?? [];
  return { source, destination, action };
}
