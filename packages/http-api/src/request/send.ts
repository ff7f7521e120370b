import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Reply } from '../reply.ts';

const compress = promisify(gzip);

/** Smaller bodies are sent as they are: a packet carries them either way. */
const compressFromBytes = 1400;

/** How every answer of an agent looks. */
export interface SendOptions {
  /** Indented by four spaces. */
  readonly indented: boolean;
  /** Ended by a line end, as `?pretty` asks for. */
  readonly lineEnd: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** Sends a reply. An answer to a client that has gone is dropped. */
export async function send(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  options: SendOptions,
): Promise<void> {
  const text = reply.kind === 'json' ? printed(reply.value, options) : reply.text;
  const type = reply.kind === 'json' ? 'application/json' : 'text/plain; charset=utf-8';
  const length = Buffer.byteLength(text);
  const zipped = wantsGzip(request, length) ? await compress(text) : undefined;
  response.writeHead(reply.status ?? 200, {
    'Content-Type': type,
    Vary: 'Accept-Encoding',
    'X-Content-Type-Options': 'nosniff',
    ...(zipped && { 'Content-Encoding': 'gzip' }),
    ...options.headers,
    ...reply.headers,
    'Content-Length': zipped?.length ?? length,
  });
  // Text goes out together with the headers, bytes as a second piece.
  response.end(zipped ?? text);
}

function printed(value: unknown, { indented, lineEnd }: SendOptions): string {
  const text = indented ? JSON.stringify(value, null, 4) : JSON.stringify(value);
  return lineEnd ? `${text}\n` : text;
}

function wantsGzip(request: IncomingMessage, length: number): boolean {
  if (length < compressFromBytes) return false;
  const accepted = request.headers['accept-encoding'];
  return typeof accepted === 'string' && /\bgzip\b(?!;q=0(?:\.0*)?(?:,|$))/.test(accepted);
}
