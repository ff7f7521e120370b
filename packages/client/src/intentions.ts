import { ClientError, isNotFound } from './client-error.ts';
import type { Connection } from './connection.ts';
import { type Answer, json, type ReadOptions, read, segment } from './read.ts';

/** What an intention does with a connection. */
export type IntentionAction = 'allow' | 'deny';

/** An intention as the API writes it. */
export interface IntentionEntry {
  /** A UUID; absent where the intention was written as part of a config entry. */
  readonly ID?: string;
  readonly SourceName: string;
  readonly DestinationName: string;
  readonly Action?: IntentionAction;
  /** Rules about requests; an intention has these or an action. */
  readonly Permissions?: readonly unknown[];
  readonly Description?: string;
  readonly Meta?: Readonly<Record<string, string>>;
  readonly Precedence: number;
  /** Absent, like the ID, where the intention was written as part of a config entry. */
  readonly CreatedAt?: string;
  readonly UpdatedAt?: string;
  /** When it ends by itself; absent where it is for good. */
  readonly ExpiresAt?: string;
  readonly CreateIndex: number;
  readonly ModifyIndex: number;
}

/** An intention to be written. */
export interface NewIntention {
  readonly SourceName: string;
  readonly DestinationName: string;
  readonly SourceType?: 'consul';
  readonly Action: IntentionAction;
  readonly Description?: string;
  readonly Meta?: Readonly<Record<string, string>>;
}

/** How an intention is written. */
export interface IntentionWrite {
  /** How long it is to hold, such as `30m`; what stood there before comes back then. */
  readonly ttl?: string;
}

/** The routes under `/v1/connect/intentions`. */
export interface IntentionsClient {
  list(options?: ReadOptions): Promise<Answer<readonly IntentionEntry[]>>;
  /** Writes an intention that is not there yet; an existing one is an error. Answers with its ID. */
  create(intention: NewIntention, options?: IntentionWrite): Promise<string>;
  /** Writes an intention whether or not it is there. */
  upsert(intention: NewIntention, options?: IntentionWrite): Promise<void>;
  /** The intention about one pair, or nothing. */
  exact(source: string, destination: string): Promise<IntentionEntry | undefined>;
  byId(id: string): Promise<IntentionEntry | undefined>;
  update(id: string, intention: NewIntention, options?: IntentionWrite): Promise<void>;
  /** Deleting what is not there is no error. */
  delete(source: string, destination: string): Promise<void>;
  deleteById(id: string): Promise<void>;
  check(source: string, destination: string): Promise<boolean>;
  /** The intentions that bear on a name, in the order in which they are tried. */
  match(by: 'source' | 'destination', name: string): Promise<readonly IntentionEntry[]>;
}

const root = '/v1/connect/intentions';

/** The intention routes over a connection. */
export function intentionsClient(connection: Connection): IntentionsClient {
  const pair = (source: string, destination: string) => ({ source, destination });
  return {
    list: (options) => read(connection, root, options),
    async create(intention, { ttl } = {}) {
      const query = { ttl };
      const response = await connection.send({
        method: 'POST',
        path: root,
        query,
        body: intention,
      });
      return json<{ ID: string }>(response).ID;
    },
    async upsert(intention, { ttl } = {}) {
      const query = { ...pair(intention.SourceName, intention.DestinationName), ttl };
      await connection.send({ method: 'PUT', path: `${root}/exact`, query, body: intention });
    },
    exact: (source, destination) =>
      found(read(connection, `${root}/exact`, {}, pair(source, destination))),
    byId: (id) => found(read(connection, `${root}/${segment(id)}`)),
    async update(id, intention, { ttl } = {}) {
      const path = `${root}/${segment(id)}`;
      await connection.send({ method: 'PUT', path, query: { ttl }, body: intention });
    },
    async delete(source, destination) {
      await connection.send({
        method: 'DELETE',
        path: `${root}/exact`,
        query: pair(source, destination),
      });
    },
    async deleteById(id) {
      await connection.send({ method: 'DELETE', path: `${root}/${segment(id)}` });
    },
    async check(source, destination) {
      const { value } = await read<{ Allowed: boolean }>(
        connection,
        `${root}/check`,
        {},
        { ...pair(source, destination), 'source-type': 'consul' },
      );
      return value.Allowed;
    },
    async match(by, name) {
      type Matches = Readonly<Record<string, readonly IntentionEntry[]>>;
      const { value } = await read<Matches>(connection, `${root}/match`, {}, { by, name });
      return value[name] ?? [];
    },
  };
}

async function found(
  reading: Promise<Answer<IntentionEntry>>,
): Promise<IntentionEntry | undefined> {
  try {
    return (await reading).value;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    if (!(error instanceof ClientError) || error.kind !== 'status') throw error;
    // Consul's client words the failure of these two reads in a way of its own.
    const { kind, status, text } = error;
    const message = `Unexpected response ${status}: ${text}`;
    throw new ClientError(message, { kind, status, text, cause: error });
  }
}
