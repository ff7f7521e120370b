import type { Environment, Write } from './environment.ts';
import { decodeRecord, encodeRecord } from './record.ts';

/** What a journal knows about itself. */
export interface Meta {
  /** The version of what is in the file. A program refuses a higher one than its own. */
  readonly schema: number;
  readonly revision: number;
  /** The revision after which the history is complete. */
  readonly historyFloor: number;
}

/** The schema of this version. */
export const schema = 1;

const address = Buffer.from('journal');

/** @throws Error for a damaged record, and for a journal that a newer version has written. */
export function readMeta(environment: Environment, path: string): Meta {
  const record = environment.read('meta', address);
  if (record === undefined) return { schema, revision: 1, historyFloor: 0 };
  const meta = decodeRecord(address, record, `${path}: the record "journal"`) as Meta;
  if (meta.schema > schema) {
    throw new Error(
      `${path} was written by a newer version (schema ${meta.schema}, this one knows up to ${schema}); use that version, or an empty directory`,
    );
  }
  return meta;
}

export function metaWrite(meta: Meta): Write {
  return { database: 'meta', key: address, value: encodeRecord(address, meta) };
}
