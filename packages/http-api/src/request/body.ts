import type { IncomingMessage } from 'node:http';
import { failure, type Reply } from '../reply.ts';
import type { Body } from '../route.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads a body of JSON, of at most so many bytes. */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<Body> {
  const bytes = await readBytes(request, maxBytes);
  if (bytes === 'too large') return { ok: false, reply: tooLarge(maxBytes) };
  if (bytes === 'cut off') return undecodable('unexpected EOF');
  if (bytes.length === 0) return undecodable('EOF');
  try {
    return { ok: true, value: JSON.parse(utf8.decode(bytes)) };
  } catch (error) {
    return undecodable(error instanceof SyntaxError ? error.message : 'the body is not UTF-8');
  }
}

/** Counts bytes as they come: a length that is announced may be none or a lie. */
function readBytes(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Buffer | 'too large' | 'cut off'> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > maxBytes) return Promise.resolve('too large');
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

function undecodable(reason: string): Body {
  return { ok: false, reply: failure(400, `Request decode failed: ${reason}`) };
}

function tooLarge(maxBytes: number): Reply {
  const text = `The body is too large: at most ${maxBytes} bytes are read`;
  return { ...failure(413, text), headers: { Connection: 'close' } };
}
