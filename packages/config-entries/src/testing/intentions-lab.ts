import { type ConfigEntry, decodeConfigEntry, formatIssue } from '@chancery/model';
import { memoryStore, StoreUnderTest } from '@chancery/testing';
import {
  configEntryTables,
  createIntention,
  deleteConfigEntry,
  putConfigEntry,
  upsertIntention,
} from '../index.ts';

const principal = { name: 'test' };

/** Where the entries of the tests stand. */
export const datacenter = 'dc1';

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
    await this.run(upsertIntention, { ...parsed(text), datacenter, nowMs });
  }

  /** Allows requests below a path to a pair such as `web => api`: `fine`, or why that is refused. */
  async permit(pair: string, pathPrefix: string): Promise<string> {
    const { source, destination } = parsed(`${pair} (allow)`);
    const http = { pathPrefix, header: [], methods: [] };
    const permissions = [{ action: 'allow', http }] as const;
    const input = { source, destination, permissions, datacenter, nowMs: 1 };
    const outcome = await this.store.commit(upsertIntention, input, { principal });
    return outcome.ok ? 'fine' : outcome.refusal.message;
  }

  /** Puts an entry as it is written in a file: `fine`, or why it is refused. */
  async write(entry: object): Promise<string> {
    return await this.writeEntry(entryOf(entry));
  }

  /** Puts an entry: `fine`, or why it is refused. */
  async writeEntry(entry: ConfigEntry): Promise<string> {
    const outcome = await this.store.commit(putConfigEntry, { entry, datacenter }, { principal });
    return outcome.ok ? 'fine' : outcome.refusal.message;
  }

  /** Deletes an entry by a text such as `service-defaults/db`: `fine`, or why it is refused. */
  async remove(key: string): Promise<string> {
    const [kind = '', name = ''] = key.split('/');
    const input = { kind: kind as ConfigEntry['kind'], name, datacenter };
    const outcome = await this.store.commit(deleteConfigEntry, input, { principal });
    return outcome.ok ? 'fine' : outcome.refusal.message;
  }
}

/** An entry as it is written in a file. It must be one. */
export function entryOf(value: object): ConfigEntry {
  const decoded = decodeConfigEntry(value, { casing: 'file' });
  if (decoded.ok) return decoded.value;
  throw new Error(decoded.issues.map((issue) => formatIssue(issue)).join('; '));
}

/** A lab without entries. */
export async function openIntentionsLab(): Promise<IntentionsLab> {
  return new IntentionsLab(await memoryStore(configEntryTables));
}

/** The parts of a text such as `web => db (deny)`. */
export function parsed(text: string): { source: string; destination: string; action: string } {
  const [, source = '', destination = '', action = ''] =
    /^(\S*) => (\S*) \((\w+)\)$/.exec(text) ?? [];
  return { source, destination, action };
}
