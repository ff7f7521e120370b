import { Code, ConnectError, type Interceptor } from '@connectrpc/connect';
import type { MeshApiDependencies } from '../dependencies.ts';

type Log = MeshApiDependencies['log'];

/** What was thrown and is no answer is a bug or a lost disk: the log gets it, the caller no detail. */
export function logged(log: Log): Interceptor {
  return (next) => async (request) => {
    const failed = (error: unknown): Error => {
      if (error instanceof ConnectError || request.signal.aborted) return ConnectError.from(error);
      log('error', 'a call failed', { path: new URL(request.url).pathname, err: error });
      return new ConnectError('Internal error: the log of the agent says more', Code.Internal);
    };
    try {
      const response = await next(request);
      if (!response.stream) return response;
      return { ...response, message: toTheEnd(response.message, request.signal, failed) };
    } catch (error) {
      throw failed(error);
    }
  };
}

/** A source ends with its signal; where that was not its client, the client is told why. */
async function* toTheEnd<T>(
  messages: AsyncIterable<T>,
  signal: AbortSignal,
  failed: (error: unknown) => Error,
): AsyncGenerator<T> {
  try {
    yield* messages;
  } catch (error) {
    throw failed(error);
  }
  if (signal.reason instanceof ConnectError) throw signal.reason;
}
