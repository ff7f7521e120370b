import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, type RequestOptions, request as requestHttps } from 'node:https';
import type { HttpProbe } from '@chancery/model';
import type { Deadline } from './deadline.ts';
import { httpWords } from './http-words.ts';
import type { Requested } from './redirect.ts';
import { tlsSettings } from './tls-settings.ts';

// An import would evaluate all that the module exports, and load a second HTTP client with it: 15 ms and 12 MB.
const { Agent: HttpAgent, request: requestHttp } = process.getBuiltinModule('node:http');

/** One request of a check. */
export interface Asking extends Requested, Pick<HttpProbe, 'headers' | 'tls'> {
  /** How much of a body is kept. */
  readonly maxBytes: number;
}

/** An answer with the beginning of its body, or why there is none. */
export type Answer =
  | {
      readonly ok: true;
      readonly code: number;
      /** `200 OK` */
      readonly status: string;
      readonly location?: string;
      readonly body: Buffer;
    }
  | { readonly ok: false; readonly reason: string };

/** That a connection can be made is part of what a check finds: none is kept for the next run, as in Consul. */
const agents = {
  http: new HttpAgent({ keepAlive: false }),
  https: new HttpsAgent({ keepAlive: false, maxCachedSessions: 0 }),
};

/** What is read of an answer whose end does not come; what is kept is less. */
const mostBytes = 1024 * 1024;

/** Sends one request. Never rejects, unless Node cannot make sense of what it is to send. */
export function ask(asking: Asking, deadline: Deadline): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const outgoing = open(asking);
  const fail = (reason: string): void => {
    outgoing.destroy();
    resolve({ ok: false, reason });
  };
  deadline.onOver(() => fail(tooLate));
  // A connection that was switched to another protocol ends without an answer and without an error.
  const unanswered = (): void => fail('no answer');
  outgoing.on('close', unanswered);
  const failed = (error: Error): void => fail(httpWords(error, asking.url));
  outgoing.on('error', failed);
  outgoing.on('response', (response) => {
    outgoing.off('close', unanswered).off('error', failed).on('error', ignored);
    deadline.onOver(() => outgoing.destroy());
    read(response, asking.maxBytes, resolve);
  });
  outgoing.end(asking.body);
  return promise;
}

const tooLate = 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';

function open({ url, method, headers, tls }: Asking): ClientRequest {
  const isTls = url.startsWith('https:');
  const options: RequestOptions = { method, headers: outgoingHeaders(headers) };
  return isTls
    ? requestHttps(url, { ...options, ...tlsSettings(tls), agent: agents.https })
    : requestHttp(url, { ...options, agent: agents.http });
}

/** What Consul's checks say of themselves: services keep them out of their logs by it. */
const usualHeaders = {
  'User-Agent': 'Consul Health Check',
  Accept: 'text/plain, text/*, */*',
};

function outgoingHeaders(given: HttpProbe['headers']): OutgoingHttpHeaders {
  const names = new Set(Object.keys(given).map((name) => name.toLowerCase()));
  const usual = Object.entries(usualHeaders).filter(([name]) => !names.has(name.toLowerCase()));
  const own = Object.entries(given).map(([name, values]) => [name, only(name, values)] as const);
  return Object.fromEntries([...usual, ...own]);
}

/** Node takes one Host and no more. */
function only(name: string, values: readonly string[]): string | string[] {
  return name.toLowerCase() === 'host' ? (values[0] ?? '') : [...values];
}

/** Once there is a status, a connection that breaks changes nothing about it. */
function ignored(): void {}

/** What has come of a body counts, also when its end does not. */
function read(
  response: IncomingMessage,
  maxBytes: number,
  resolve: (answer: Answer) => void,
): void {
  const { statusCode: code = 0, statusMessage = '', headers } = response;
  const kept: Buffer[] = [];
  let length = 0;
  response.on('data', (chunk: Buffer) => {
    if (length < maxBytes) kept.push(chunk);
    length += chunk.length;
    if (length >= mostBytes) response.destroy();
  });
  response.on('error', ignored);
  response.on('close', () =>
    resolve({
      ok: true,
      code,
      status: `${code} ${statusMessage}`.trim(),
      body: Buffer.concat(kept),
      ...(headers.location !== undefined && { location: headers.location }),
    }),
  );
}
