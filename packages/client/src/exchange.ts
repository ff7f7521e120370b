import type { IncomingMessage } from 'node:http';
import { statusError } from './client-error.ts';

/** An answer, with the headers that carry meaning. */
export interface Answered {
  readonly status: number;
  readonly text: string;
  /** `X-Consul-Index`; 0 when there was none. */
  readonly index: number;
  readonly contentHash?: string;
  readonly reason?: string;
  /** The revision of the state that a write led to: `X-Chancery-Revision`. */
  readonly revision?: number;
  /** What the caller should know although the request was carried out. */
  readonly warnings: readonly string[];
}

/** Rejects when the answer says that the request failed: its status is neither 2xx nor one that is accepted. */
export async function refuseError(
  response: IncomingMessage,
  accept: readonly number[] = [],
): Promise<IncomingMessage> {
  const status = response.statusCode ?? 0;
  if ((status >= 200 && status < 300) || accept.includes(status)) return response;
  throw statusError(status, await wholeText(response));
}

/** The whole answer, once its text has come. */
export async function answered(response: IncomingMessage): Promise<Answered> {
  const text = await wholeText(response);
  const contentHash = header(response, 'x-consul-contenthash');
  const reason = header(response, 'x-consul-reason');
  const revision = revisionOf(response);
  return {
    status: response.statusCode ?? 0,
    text,
    index: Number(header(response, 'x-consul-index') ?? 0),
    ...(contentHash !== undefined && { contentHash }),
    ...(reason !== undefined && { reason }),
    ...(revision !== undefined && { revision }),
    warnings: warningsOf(response),
  };
}

/** The text of an answer as it comes; leaving the loop ends the request. */
export async function* piecesOf(
  response: IncomingMessage,
  worded: (error: unknown) => Error,
): AsyncGenerator<string> {
  response.setEncoding('utf8');
  try {
    for await (const piece of response) yield String(piece);
  } catch (error) {
    throw worded(error);
  }
}

/** What the caller should know although the request was carried out. */
export function warningsOf(response: IncomingMessage): readonly string[] {
  return response.headersDistinct['x-chancery-warning'] ?? [];
}

/** The revision of the state that a write led to; none of a read. */
export function revisionOf(response: IncomingMessage): number | undefined {
  const text = header(response, 'x-chancery-revision');
  return text === undefined ? undefined : Number(text);
}

/** The body of an answer, once all of it has come. */
export function wholeBody(response: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('error', reject);
    response.on('end', () => resolve(Buffer.concat(chunks)));
  });
}

async function wholeText(response: IncomingMessage): Promise<string> {
  return (await wholeBody(response)).toString('utf8');
}

function header(response: IncomingMessage, name: string): string | undefined {
  const value = response.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
