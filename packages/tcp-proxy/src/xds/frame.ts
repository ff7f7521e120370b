/** Length of what stands before each gRPC message: a flag and the length of the message. */
const PREFIX = 5;

/** Puts a message into a gRPC frame. */
export function frame(message: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(PREFIX + message.length);
  out.writeUInt8(0, 0);
  out.writeUInt32BE(message.length, 1);
  out.set(message, PREFIX);
  return out;
}

/**
 * Finds the messages in chunks that may be cut anywhere. `read` throws for a message that is compressed, or larger
 * than the limit; the stream is then of no use any more.
 */
export function createUnframer(maxMessageBytes: number): { read(chunk: Buffer): Buffer[] } {
  let chunks: Buffer[] = [];
  let length = 0;
  let wanted = PREFIX;
  return {
    read(chunk) {
      chunks.push(chunk);
      length += chunk.length;
      const messages: Buffer[] = [];
      // Joined only when a message is complete, so that many small chunks are not copied again and again.
      while (length >= wanted) {
        const bytes = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length);
        const size = announcedSize(bytes, maxMessageBytes);
        wanted = PREFIX + size;
        chunks = [bytes];
        if (length < wanted) break;
        messages.push(bytes.subarray(PREFIX, wanted));
        chunks = [bytes.subarray(wanted)];
        length -= wanted;
        wanted = PREFIX;
      }
      return messages;
    },
  };
}

function announcedSize(bytes: Buffer, maxMessageBytes: number): number {
  if (bytes.readUInt8(0) !== 0) throw new Error('the server compresses, which was not offered');
  const size = bytes.readUInt32BE(1);
  if (size > maxMessageBytes) {
    throw new Error(`the server sends a message of ${size} bytes, more than ${maxMessageBytes}`);
  }
  return size;
}
