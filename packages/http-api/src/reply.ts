/** What every kind of answer may have. */
interface AnyReply {
  readonly status?: number;
  readonly headers?: ReplyHeaders;
  /** The revision of the state in which what was asked for holds; of what changes the state. */
  readonly revision?: number;
  /** What the caller should know although the request was carried out: each a header `X-Chancery-Warning`, one line. */
  readonly warnings?: readonly string[];
}

/** What a request is answered with. */
export type Reply =
  | (AnyReply & { readonly kind: 'json'; readonly value: unknown })
  | (AnyReply & { readonly kind: 'text'; readonly text: string })
  /** An answer without an end of its own, such as a log: sent piece by piece until the client is gone. */
  | (AnyReply & {
      readonly kind: 'stream';
      readonly pieces: (gone: AbortSignal) => AsyncIterable<string | Uint8Array>;
    });

/** Headers beyond those that every answer has. */
export type ReplyHeaders = Readonly<Record<string, string>>;

/** An answer of JSON. */
export function json(value: unknown, status = 200, headers: ReplyHeaders = {}): Reply {
  return { kind: 'json', value, status, headers };
}

/** An error, in the plain text that clients show. */
export function failure(status: number, text: string): Reply {
  return { kind: 'text', status, text };
}

/** An empty 200. */
export const done: Reply = { kind: 'text', text: '' };
