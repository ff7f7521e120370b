import type { DescMethod } from '@bufbuild/protobuf';
import { type Address, ClientError, formatAddress, unreachable } from '@chancery/client';
import { Code, ConnectError } from '@connectrpc/connect';
import { sizeInWords } from '../message-size.ts';

/** A call that was made. */
export interface Asked {
  readonly method: DescMethod;
  readonly address: Address;
  readonly signal: AbortSignal | undefined;
  /** How large what was sent is. */
  readonly sentBytes?: () => number;
}

/** Words what went wrong with a call: what the agent says in its own words, that it could not be reached in those of `@chancery/client`. */
export function callError(error: unknown, asked: Asked): ClientError {
  if (error instanceof ClientError) return error;
  const { method, address, signal } = asked;
  if (signal?.aborted) return new ClientError('aborted', { kind: 'aborted', cause: error });
  const said = ConnectError.from(error);
  const system = systemError(error);
  if (system !== undefined) {
    const url = `${formatAddress(address)}/${method.parent.typeName}/${method.name}`;
    return unreachable(system, { method: 'POST', url, address });
  }
  const text = isOfHttp(said) ? withoutTheCall(said.rawMessage, asked) : withSize(said, asked);
  const status = statuses[said.code] ?? 500;
  return new ClientError(text, { kind: 'status', status, text, cause: error });
}

/** What Node says of a connection, below what Connect makes of it. */
function systemError(error: unknown): Error | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof AggregateError || ('code' in at && typeof at.code === 'string')) return at;
  }
  return undefined;
}

/** Whether an answer came that is none of an RPC, such as that of a proxy or of another program. */
function isOfHttp({ rawMessage }: ConnectError): boolean {
  return /^HTTP \d{3}$|^unsupported content type /.test(rawMessage);
}

/** The agent does not know how large a message is of which it reads but the beginning. */
function withSize({ code, rawMessage }: ConnectError, { sentBytes }: Asked): string {
  if (code !== Code.ResourceExhausted || sentBytes === undefined) return rawMessage;
  return rawMessage.replace(/^The (?:message|change)(?= is too large)/, (subject) => {
    return `${subject} of ${sizeInWords(sentBytes())}`;
  });
}

function withoutTheCall(rawMessage: string, { method, address }: Asked): string {
  const where = address.kind === 'unix' ? address.path : formatAddress(address);
  return `${where} does not answer ${method.name} (${rawMessage}): no Chancery agent listens there, or one of another version`;
}

/** The statuses that the same refusals have in the HTTP API. */
const statuses: Readonly<Partial<Record<Code, number>>> = {
  [Code.InvalidArgument]: 400,
  [Code.FailedPrecondition]: 400,
  [Code.PermissionDenied]: 403,
  [Code.NotFound]: 404,
  [Code.AlreadyExists]: 409,
  [Code.ResourceExhausted]: 429,
  [Code.Unimplemented]: 501,
  [Code.Unavailable]: 503,
  [Code.DeadlineExceeded]: 504,
};
