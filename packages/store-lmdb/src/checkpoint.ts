import { createHash } from 'node:crypto';
import { existsSync, renameSync, rmSync } from 'node:fs';
import type { DatabaseName, Environment, Write } from './environment.ts';
import { readMeta } from './meta.ts';
import { decodeRecord } from './record.ts';

/** A copy of a journal that was read back and found equal. */
export interface Checkpoint {
  readonly path: string;
  readonly revision: number;
  readonly records: number;
  /** SHA-256 over all records, in hex. */
  readonly digest: string;
}

const databases: readonly DatabaseName[] = ['rows', 'history', 'meta'];

/**
 * Copies an environment record by record into a new one, opens the copy again, checks every record
 * and compares. The copy has its name only once it is good.
 *
 * @throws Error when the place is taken, a record is damaged or the copy is not equal.
 */
export async function writeCheckpoint(
  source: Environment,
  path: string,
  openEnvironment: (path: string) => Promise<Environment>,
): Promise<Checkpoint> {
  if (existsSync(path)) throw new Error(`${path} exists already`);
  const partial = `${path}.partial`;
  rmSync(partial, { recursive: true, force: true });
  const records = [...contents(source)];
  const target = await openEnvironment(partial);
  await target.write(records, () => {});
  await target.close();
  const copy = await openEnvironment(partial);
  const { revision } = readMeta(copy, partial);
  const digest = verified(contents(copy), partial);
  await copy.close();
  if (digest !== verified(records, path)) throw new Error(`${partial} is not equal to its source`);
  renameSync(partial, path);
  return { path, revision, records: records.length, digest };
}

/** Everything, read in one turn of the event loop and so at one revision. */
function* contents(environment: Environment): Generator<Required<Write>> {
  for (const database of databases) {
    for (const { key, value } of environment.range(database, Buffer.alloc(1))) {
      yield { database, key, value };
    }
  }
}

function verified(records: Iterable<Required<Write>>, path: string): string {
  const hash = createHash('sha256');
  for (const { database, key, value } of records) {
    decodeRecord(key, value, `${path}: a record of "${database}"`);
    hash.update(`${database} ${key.length} ${value.length}\n`).update(key).update(value);
  }
  return hash.digest('hex');
}
