import { Code, ConnectError } from '@connectrpc/connect';
import type { MeshApiLimits } from '../dependencies.ts';
import { sizeInWords } from '../message-size.ts';
import type { ServedResponse } from './exchange.ts';

/** The calls that carry a whole change. */
const ofChanges: ReadonlySet<string> = new Set([
  '/chancery.mesh.v1.ChangeService/Plan',
  '/chancery.mesh.v1.ChangeService/Apply',
  '/chancery.mesh.v1.IntentionService/Verify',
]);

/** So many messages are held at once that are larger than the usual ones may be. */
const mostLarge = 4;

/** How large the messages of calls may be, and how many large ones there may be at once. */
export class MessageBounds {
  readonly #limits: MeshApiLimits;
  /** The answers to large messages. */
  readonly #large = new Set<ServedResponse>();

  constructor(limits: MeshApiLimits) {
    this.#limits = limits;
  }

  /** @throws ConnectError for a call that announces more bytes than are read. */
  admit(path: string, announced: number): void {
    if (announced > this.#mostOf(path)) throw this.#tooLarge(path, announced);
  }

  /** The body of a request as far as it is read; reading on throws a ConnectError. */
  async *bounded(
    path: string,
    body: AsyncIterable<Uint8Array>,
    response: ServedResponse,
  ): AsyncGenerator<Uint8Array> {
    const most = this.#mostOf(path);
    let read = 0;
    for await (const chunk of body) {
      read += chunk.byteLength;
      if (read > most) throw this.#tooLarge(path);
      if (read > this.#limits.maxMessageBytes) this.#holdLarge(response);
      yield chunk;
    }
  }

  #mostOf(path: string): number {
    const { maxMessageBytes, maxChangeBytes } = this.#limits;
    return ofChanges.has(path) ? Math.max(maxMessageBytes, maxChangeBytes) : maxMessageBytes;
  }

  #tooLarge(path: string, bytes?: number): ConnectError {
    const most = sizeInWords(this.#mostOf(path));
    const size = bytes === undefined ? '' : ` of ${sizeInWords(bytes)}`;
    const message = ofChanges.has(path)
      ? `The change${size} is too large: at most ${most} are read at once. Make it in several parts, of fewer entries each and without pruning`
      : `The message${size} is too large: at most ${most} are read`;
    return new ConnectError(message, Code.ResourceExhausted);
  }

  #holdLarge(response: ServedResponse): void {
    if (this.#large.has(response)) return;
    if (this.#large.size >= mostLarge) {
      const message = `${mostLarge} large changes are being looked at: try again when one of them is over`;
      throw new ConnectError(message, Code.ResourceExhausted);
    }
    this.#large.add(response);
    response.once('close', () => this.#large.delete(response));
  }
}
