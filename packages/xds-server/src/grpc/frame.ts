import type { Status } from './status.ts';

/** Length of what stands before each message: a flag and the length of the message. */
const PREFIX = 5;

/** Messages that are complete, or why the call cannot go on. */
export type Unframed =
  | { readonly kind: 'messages'; readonly messages: readonly Uint8Array[] }
  | { readonly kind: 'refused'; readonly status: Status };

/** Puts a message, given in parts, into one gRPC frame. */
export function frame(parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const out = Buffer.allocUnsafe(PREFIX + length);
  out.writeUInt8(0, 0);
  out.writeUInt32BE(length, 1);
  let at = PREFIX;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Finds the messages in a stream of chunks that may be cut anywhere. */
export class FrameReader {
  readonly #maxMessageBytes: number;
  readonly #encoding: string;
  /** Grows by doubling: many tiny chunks cost neither time nor memory out of proportion. */
  #rest: Buffer = Buffer.alloc(0);
  #length = 0;

  /** `encoding` is what the caller announced with `grpc-encoding`. */
  constructor(maxMessageBytes: number, encoding: string) {
    this.#maxMessageBytes = maxMessageBytes;
    this.#encoding = encoding;
  }

  /** The messages that `chunk` completes. After a refusal the reader must not be used any more. */
  read(chunk: Buffer): Unframed {
    const bytes = this.#length === 0 ? chunk : this.#append(chunk);
    const messages: Uint8Array[] = [];
    let at = 0;
    while (bytes.length - at >= PREFIX) {
      const length = bytes.readUInt32BE(at + 1);
      const status = this.#refusal(bytes.readUInt8(at), length);
      if (status !== undefined) return { kind: 'refused', status };
      const end = at + PREFIX + length;
      if (end > bytes.length) break;
      messages.push(bytes.subarray(at + PREFIX, end));
      at = end;
    }
    if (at > 0 || this.#length === 0) this.#keep(bytes.subarray(at));
    return { kind: 'messages', messages };
  }

  #refusal(flag: number, length: number): Status | undefined {
    if (flag > 1) return { code: 'INTERNAL', message: `the frame flag ${flag} is unknown` };
    if (flag === 1) {
      const announced = this.#encoding !== '' && this.#encoding !== 'identity';
      return announced
        ? { code: 'UNIMPLEMENTED', message: `messages in ${this.#encoding} are not accepted` }
        : { code: 'INTERNAL', message: 'a message is compressed without a grpc-encoding' };
    }
    if (length <= this.#maxMessageBytes) return undefined;
    const message = `a message of ${length} bytes is larger than ${this.#maxMessageBytes}`;
    return { code: 'RESOURCE_EXHAUSTED', message };
  }

  #append(chunk: Buffer): Buffer {
    const length = this.#length + chunk.length;
    if (length > this.#rest.length) {
      const grown = Buffer.allocUnsafe(Math.max(length, this.#rest.length * 2));
      this.#rest.copy(grown, 0, 0, this.#length);
      this.#rest = grown;
    }
    chunk.copy(this.#rest, this.#length);
    this.#length = length;
    return this.#rest.subarray(0, length);
  }

  /** Always a copy: the messages handed out may still be read while the rest is written to. */
  #keep(bytes: Buffer): void {
    this.#rest = Buffer.from(bytes);
    this.#length = bytes.length;
  }
}
