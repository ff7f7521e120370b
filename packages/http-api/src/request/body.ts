import type { IncomingMessage } from 'node:http';
import { failure, type Reply } from '../reply.ts';
import type { Body } from '../route.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads a body of JSON, of at most so many bytes. */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<Body> {
  const coding = request.headers['content-encoding'] ?? 'identity';
  if (coding !== 'identity') return { ok: false, reply: encoded(coding) };
  const bytes = await readBytes(request, maxBytes);
  if (bytes === 'too large') return { ok: false, reply: tooLarge(maxBytes) };
  if (bytes === 'cut off') return undecodable('unexpected EOF');
  if (bytes.length === 0) return undecodable('EOF');
  try {
    return { ok: true, value: JSON.parse(utf8.decode(bytes)) };
  } catch (error) {
    return undecodable(error instanceof SyntaxError ? oneLine(error) : 'the body is not UTF-8');
  }
}

/** Counts bytes as they come: a length that is announced may be none or a lie. */
function readBytes(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Buffer | 'too large' | 'cut off'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) {
        request.removeAllListeners('data');
        resolve('too large');
      } else {
        chunks.push(chunk);
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    // The client went away in the middle: that is no failure of the agent.
    request.on('error', () => resolve('cut off'));
  });
}

const droppedAtMost = 64 * 1024 * 1024;

/**
 * Resolves when what nobody has read of a body has come, and is dropped: a client that is still writing when its
 * connection is closed may never read its answer. Further than a limit nobody is listened to.
 */
export function bodyDropped(request: IncomingMessage): undefined | Promise<void> {
  const { 'content-length': length, 'transfer-encoding': chunked } = request.headers;
  if (request.complete || (length === undefined && chunked === undefined)) return undefined;
  return new Promise((resolve) => {
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > droppedAtMost) resolve();
    });
    request.on('end', resolve).on('close', resolve);
  });
}

function undecodable(reason: string): Body {
  return { ok: false, reply: failure(400, `Request decode failed: ${reason}`) };
}

/** The engine quotes the body, whatever that holds. */
function oneLine({ message }: SyntaxError): string {
  return message.replace(/\p{Cc}+/gu, ' ');
}

function encoded(coding: string): Reply {
  return failure(415, `A body in Content-Encoding "${coding}" is not read: send it as it is`);
}

function tooLarge(maxBytes: number): Reply {
  const text = `The body is too large: at most ${maxBytes} bytes are read`;
  return { ...failure(413, text), headers: { Connection: 'close' } };
}
