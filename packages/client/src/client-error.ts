/** What went wrong: the agent could not be reached, it answered with an error, or its answer made no sense. */
export type ClientErrorKind = 'unreachable' | 'status' | 'malformed' | 'aborted';

/** Why a request did not succeed. The message is the one that Consul's own client prints. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly kind: ClientErrorKind;
  /** The status of the answer; 0 when there was none. */
  readonly status: number;
  /** The text of the answer; empty when there was none. */
  readonly text: string;

  constructor(
    message: string,
    facts: { kind: ClientErrorKind; status?: number; text?: string; cause?: unknown },
  ) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.kind = facts.kind;
    this.status = facts.status ?? 0;
    this.text = facts.text ?? '';
  }
}

/** An answer whose status says that the request failed. */
export function statusError(status: number, text: string): ClientError {
  const trimmed = text.trim();
  return new ClientError(`Unexpected response code: ${status} (${trimmed})`, {
    kind: 'status',
    status,
    text: trimmed,
  });
}

/** Whether an error is the agent saying that there is no such thing. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ClientError && error.status === 404;
}
