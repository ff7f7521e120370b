import { isNotFound } from './client-error.ts';
import type { Connection } from './connection.ts';
import { read, segment } from './read.ts';

/** A config entry: what its kind and name are, and whatever else its kind has. */
export type ConfigEntry = Readonly<Record<string, unknown>> & {
  readonly Kind: string;
  readonly Name: string;
};

/** The routes under `/v1/config`. */
export interface ConfigClient {
  /** One entry, or nothing. */
  entry(kind: string, name: string): Promise<ConfigEntry | undefined>;
  entries(kind: string): Promise<readonly ConfigEntry[]>;
}

/** The config entry routes over a connection. */
export function configClient(connection: Connection): ConfigClient {
  return {
    async entry(kind, name) {
      try {
        const path = `/v1/config/${segment(kind)}/${segment(name)}`;
        return (await read<ConfigEntry>(connection, path)).value;
      } catch (error) {
        if (isNotFound(error)) return undefined;
        throw error;
      }
    },
    entries: async (kind) =>
      (await read<readonly ConfigEntry[]>(connection, `/v1/config/${segment(kind)}`)).value,
  };
}
