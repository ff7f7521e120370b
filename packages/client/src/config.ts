import { isNotFound } from './client-error.ts';
import type { Connection } from './connection.ts';
import { type Answer, json, type ReadOptions, read, segment } from './read.ts';

/** A config entry: what its kind and name are, and whatever else its kind has. */
export type ConfigEntry = Readonly<Record<string, unknown>> & {
  readonly Kind: string;
  /** Absent of a kind that has one entry only, named like its kind: see `entryName`. */
  readonly Name?: string;
  readonly CreateIndex?: number;
  readonly ModifyIndex?: number;
};

/** The name under which an entry is read and deleted. */
export function entryName({ Kind, Name }: ConfigEntry): string {
  return Name ?? Kind;
}

/** What a write depends on. */
export interface ConfigWriteOptions {
  /** Writes only an entry whose `ModifyIndex` is still this one; 0 is an entry that is not there. */
  readonly cas?: number;
}

/** The routes under `/v1/config`. */
export interface ConfigClient {
  /** One entry; one that is not there is an error. */
  read(kind: string, name: string, options?: ReadOptions): Promise<ConfigEntry>;
  /** One entry, or nothing. */
  entry(kind: string, name: string, options?: ReadOptions): Promise<ConfigEntry | undefined>;
  entries(kind: string, options?: ReadOptions): Promise<Answer<readonly ConfigEntry[]>>;
  /** Whether it was written: `cas` may have stood in the way. */
  write(entry: ConfigEntry, options?: ConfigWriteOptions): Promise<boolean>;
  /** Whether it was deleted; one that is not there counts as deleted. */
  delete(kind: string, name: string, options?: ConfigWriteOptions): Promise<boolean>;
}

/** The config entry routes over a connection. */
export function configClient(connection: Connection): ConfigClient {
  const one = async (kind: string, name: string, options?: ReadOptions): Promise<ConfigEntry> =>
    (await read<ConfigEntry>(connection, entryPath(kind, name), options)).value;
  return {
    read: one,
    async entry(kind, name, options) {
      try {
        return await one(kind, name, options);
      } catch (error) {
        if (isNotFound(error)) return undefined;
        throw error;
      }
    },
    entries: (kind, options) => read(connection, `/v1/config/${segment(kind)}`, options),
    async write(entry, options) {
      const query = casQuery(options);
      return json(await connection.send({ method: 'PUT', path: '/v1/config', query, body: entry }));
    },
    async delete(kind, name, options) {
      const asked = { path: entryPath(kind, name), query: casQuery(options) };
      // Without `cas` the answer is an empty object.
      return json(await connection.send({ method: 'DELETE', ...asked })) !== false;
    },
  };
}

function entryPath(kind: string, name: string): string {
  return `/v1/config/${segment(kind)}/${segment(name)}`;
}

function casQuery({ cas }: ConfigWriteOptions = {}): { readonly cas: string | undefined } {
  return { cas: cas === undefined ? undefined : String(cas) };
}
