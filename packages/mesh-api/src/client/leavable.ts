import type { CallOptions } from '@connectrpc/connect';

type StreamingCall<Input, Output> = (input: Input, options?: CallOptions) => AsyncIterable<Output>;

/** A call whose request ends when the loop over its stream is left: Connect's go on until their signal aborts. */
export function leavable<Input, Output>(
  call: StreamingCall<Input, Output>,
): StreamingCall<Input, Output> {
  return async function* (input, options) {
    const left = new AbortController();
    const signals = [left.signal, ...(options?.signal ? [options.signal] : [])];
    try {
      yield* call(input, { ...options, signal: AbortSignal.any(signals) });
    } finally {
      left.abort();
    }
  };
}
