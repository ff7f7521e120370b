import type { Interceptor } from '@connectrpc/connect';

/** Has each call wait for its turn once its message was read: many that come together do not follow without a gap. */
export function inTurn(turn: () => Promise<void>): Interceptor {
  return (next) => async (request) => {
    await turn();
    return await next(request);
  };
}
