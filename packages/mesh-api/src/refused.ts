import type { Refusal } from '@chancery/store';
import { Code, ConnectError } from '@connectrpc/connect';

const codes: Readonly<Record<Refusal['code'], Code>> = {
  invalid: Code.InvalidArgument,
  'not-found': Code.NotFound,
  conflict: Code.FailedPrecondition,
  forbidden: Code.PermissionDenied,
  exhausted: Code.ResourceExhausted,
  unavailable: Code.Unavailable,
};

/** A refusal as a call fails with it. */
export function refused({ code, message }: Refusal): ConnectError {
  return new ConnectError(message, codes[code]);
}
