import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** A checksum of key and value, then the value as JSON. */
export function encodeRecord(key: Buffer, value: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(value), 'utf8');
  const record = Buffer.allocUnsafe(4 + json.length);
  record.writeUInt32BE(crc32(json, crc32(key)));
  json.copy(record, 4);
  return record;
}

/**
 * The value of a record.
 *
 * @throws Error, naming the record by `name`, when it is not what was written.
 */
export function decodeRecord(key: Buffer, record: Buffer, name: string): unknown {
  const json = record.subarray(4);
  if (record.length < 4 || record.readUInt32BE() !== crc32(json, crc32(key))) {
    throw new Error(`${name} is damaged: its checksum does not match`);
  }
  return JSON.parse(json.toString('utf8'));
}

/** LMDB's keys end at 1,978 bytes; longer ones are addressed by their hash, since the record has the key. */
const longestKey = 1024;

/** The address of a row. */
export function rowAddress(table: string, key: string): Buffer {
  const address = Buffer.from(`${table}\0=${key}`, 'utf8');
  if (address.length <= longestKey) return address;
  return Buffer.from(`${table}\0#${createHash('sha256').update(key).digest('hex')}`, 'utf8');
}

/** The address of a change set: in the order of revisions. */
export function historyAddress(revision: number): Buffer {
  const address = Buffer.alloc(8);
  address.writeBigUInt64BE(BigInt(revision));
  return address;
}
