import { create, toBinary } from '@bufbuild/protobuf';
import type { Address } from '@chancery/client';
import type { Transport } from '@connectrpc/connect';
import { type Asked, callError } from './call-error.ts';

/** A transport whose failures are told in the words of `@chancery/client`. */
export function wordedTransport(transport: Transport, address: Address): Transport {
  return {
    async unary(method, signal, timeoutMs, header, input, ...rest) {
      try {
        return await transport.unary(method, signal, timeoutMs, header, input, ...rest);
      } catch (error) {
        const sentBytes = () => toBinary(method.input, create(method.input, input)).byteLength;
        throw callError(error, { method, address, signal, sentBytes });
      }
    },
    async stream(method, signal, ...rest) {
      const asked: Asked = { method, address, signal };
      try {
        const response = await transport.stream(method, signal, ...rest);
        return { ...response, message: wordedMessages(response.message, asked) };
      } catch (error) {
        throw callError(error, asked);
      }
    },
  };
}

async function* wordedMessages<T>(messages: AsyncIterable<T>, asked: Asked): AsyncGenerator<T> {
  try {
    yield* messages;
  } catch (error) {
    throw callError(error, asked);
  }
}
