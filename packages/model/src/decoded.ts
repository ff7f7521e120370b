/** The way from the root of a document to a value in it, with the keys as they were written. */
export type Path = readonly (string | number)[];

/** What sort of mistake an issue is about, for edges that answer one of them in words of their own. */
export type IssueCode =
  | 'unknown-key'
  | 'unsupported'
  | 'missing'
  | 'wrong-type'
  | 'duplicate'
  /** An entry whose parts are each fine does not fit together, or is not for clients to write. */
  | 'refused'
  | 'read-only'
  | 'invalid';

/** One mistake in what a user declared. */
export interface Issue {
  readonly path: Path;
  /** What is wrong and the way out, without the path. */
  readonly message: string;
  /** Absent means `invalid`. */
  readonly code?: IssueCode;
  /** The offending key as it was written; present when the code is `unknown-key` or `unsupported`. */
  readonly key?: string;
  /** How Consul refuses the same in a config entry, for edges whose clients read its words. */
  readonly consul?: { readonly words: string; readonly listed: boolean };
  /** The name of the source it stands in, where several were read. */
  readonly source?: string;
}

/** A decoded value, or every mistake that was found. */
export type Decoded<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly issues: readonly Issue[] };
