import { type IncomingHttpHeaders, request } from 'node:http';
import type { InMemoryAgent } from './in-memory-agent.ts';

/** An answer taken apart for assertions. */
export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The text as JSON; throws when it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: assertions look into answers of every shape
  readonly json: any;
}

/** What to send besides a method and a path. */
export interface Asked {
  /** Sent as it is when it is a text or bytes, else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Sends a request over a connection of its own, with headers that `fetch` would not send. */
export function ask(
  agent: InMemoryAgent,
  line: string,
  { body, headers = {}, signal }: Asked = {},
): Promise<Answered> {
  const [method = 'GET', path = '/'] = line.split(' ');
  const target = { host: '127.0.0.1', port: agent.port, method, path, agent: false as const };
  const bytes = isRaw(body) ? body : JSON.stringify(body);
  // Node's client leaves the length away where a method seldom has a body, and sends the body all the same.
  const length =
    bytes === undefined || 'Transfer-Encoding' in headers
      ? {}
      : { 'Content-Length': Buffer.byteLength(bytes) };
  return new Promise((resolve, reject) => {
    const options = { ...target, headers: { ...length, ...headers }, ...(signal && { signal }) };
    const sent = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('latin1');
        const utf8 = Buffer.concat(chunks).toString('utf8');
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: response.headers['content-encoding'] === undefined ? utf8 : text,
          get json() {
            return JSON.parse(utf8);
          },
        });
      });
    });
    sent.on('error', reject);
    sent.end(bytes);
  });
}

function isRaw(body: unknown): body is string | Uint8Array | undefined {
  return body === undefined || typeof body === 'string' || body instanceof Uint8Array;
}
