/** The way from the root of a document to a value in it. */
export type Path = readonly (string | number)[];

/** One mistake in what a user declared. */
export interface Issue {
  readonly path: Path;
  /** What is wrong and the way out, without the path. */
  readonly message: string;
}

/** A decoded value, or every mistake that was found. */
export type Decoded<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly issues: readonly Issue[] };
