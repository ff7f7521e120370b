/** What a request is answered with. */
export type Reply =
  | {
      readonly kind: 'json';
      readonly value: unknown;
      readonly status?: number;
      readonly headers?: ReplyHeaders;
    }
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly status?: number;
      readonly headers?: ReplyHeaders;
    };

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
