import { once } from 'node:events';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Reply, ReplyHeaders } from '../reply.ts';
import { type Answer, type Layout, PrintedBody } from './answer.ts';
import { warningHeaders } from './header-text.ts';

/** Smaller bodies are sent as they are: a packet carries them either way. */
const compressFromBytes = 1400;

/** How every answer of an agent looks. */
export interface SendOptions {
  readonly layout: Layout;
  readonly headers: ReplyHeaders;
}

/** Sends an answer. One to a client that has gone is dropped. */
export function send(
  request: IncomingMessage,
  response: ServerResponse,
  { reply, body, headers: own }: Answer,
  { layout, headers: common }: SendOptions,
): void | Promise<void> {
  const warnings = reply.warnings ?? [];
  const { revision } = reply;
  const headers = {
    ...common,
    ...own,
    ...(revision !== undefined && { 'X-Chancery-Revision': String(revision) }),
    ...(warnings.length > 0 && { 'X-Chancery-Warning': warningHeaders(warnings) }),
    ...reply.headers,
  };
  if (reply.kind === 'stream') return sendPieces(response, reply, headers);
  const printed = body ?? new PrintedBody(reply, layout);
  const whole = { status: reply.status ?? 200, headers: { ...types[reply.kind], ...headers } };
  if (!wantsGzip(request, printed.length))
    return sendWhole(response, whole, printed.content, printed.length);
  return printed.zipped().then((zipped) => {
    const encoded = { ...whole.headers, 'Content-Encoding': 'gzip' };
    sendWhole(response, { ...whole, headers: encoded }, zipped, zipped.length);
  });
}

const types = {
  json: { 'Content-Type': 'application/json' },
  text: { 'Content-Type': 'text/plain; charset=utf-8' },
};

interface Head {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
}

function sendWhole(
  response: ServerResponse,
  { status, headers }: Head,
  body: string | Buffer,
  length: number,
): void {
  response.writeHead(status, { ...headers, 'Content-Length': length });
  response.end(body);
}

/** Pieces go out as they come; the answer ends when they do or when the client goes. */
async function sendPieces(
  response: ServerResponse,
  reply: Extract<Reply, { readonly kind: 'stream' }>,
  headers: OutgoingHttpHeaders,
): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  response.writeHead(reply.status ?? 200, headers);
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

function wantsGzip(request: IncomingMessage, length: number): boolean {
  if (length < compressFromBytes) return false;
  const accepted = request.headers['accept-encoding'];
  return typeof accepted === 'string' && /\bgzip\b(?!;q=0(?:\.0*)?(?:,|$))/.test(accepted);
}
