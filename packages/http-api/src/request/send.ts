import { once } from 'node:events';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
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
  if (reply.kind === 'stream') return await sendPieces(response, reply, options);
  const text = reply.kind === 'json' ? printed(reply.value, options) : reply.text;
  const type = reply.kind === 'json' ? 'application/json' : 'text/plain; charset=utf-8';
  const length = Buffer.byteLength(text);
  const zipped = wantsGzip(request, length) ? await compress(text) : undefined;
  response.writeHead(reply.status ?? 200, {
    'Content-Type': type,
    Vary: 'Accept-Encoding',
    'X-Content-Type-Options': 'nosniff',
    ...(zipped && { 'Content-Encoding': 'gzip' }),
    ...commonHeaders(reply, options),
    'Content-Length': zipped?.length ?? length,
  });
  // Text goes out together with the headers, bytes as a second piece.
  response.end(zipped ?? text);
}

function commonHeaders(reply: Reply, options: SendOptions): OutgoingHttpHeaders {
  const warnings = reply.warnings ?? [];
  return {
    ...options.headers,
    ...(warnings.length > 0 && { 'X-Chancery-Warning': [...warnings] }),
    ...reply.headers,
  };
}

/** Pieces go out as they come; the answer ends when they do or when the client goes. */
async function sendPieces(
  response: ServerResponse,
  reply: Extract<Reply, { kind: 'stream' }>,
  options: SendOptions,
): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  response.writeHead(reply.status ?? 200, commonHeaders(reply, options));
  response.flushHeaders();
  for await (const piece of reply.pieces(gone.signal)) {
    if (gone.signal.aborted) break;
    if (!response.write(piece)) await drained(response, gone.signal);
  }
  response.end();
}

/** Resolves when the client has read what it was sent, or is gone. */
async function drained(response: ServerResponse, gone: AbortSignal): Promise<void> {
  await once(response, 'drain', { signal: gone }).catch(() => undefined);
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
