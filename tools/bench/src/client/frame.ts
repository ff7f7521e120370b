/** A message with the five bytes that gRPC puts before it. */
export function framed(message: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(5 + message.length);
  out.writeUInt8(0, 0);
  out.writeUInt32BE(message.length, 1);
  out.set(message, 5);
  return out;
}

/** Cuts what arrives on a gRPC stream into messages. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  /**
   * The messages that are complete now.
   *
   * @throws Error for a compressed message, which was not asked for.
   */
  take(chunk: Buffer): Buffer[] {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const messages: Buffer[] = [];
    let at = 0;
    while (bytes.length - at >= 5) {
      if (bytes[at] !== 0) throw new Error('the message is compressed');
      const end = at + 5 + bytes.readUInt32BE(at + 1);
      if (end > bytes.length) break;
      messages.push(bytes.subarray(at + 5, end));
      at = end;
    }
    this.#rest = bytes.subarray(at);
    return messages;
  }
}
