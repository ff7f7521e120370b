import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { text } from 'node:stream/consumers';
import type { MeshServer } from './mesh-server.ts';

/** What to send besides a path; a POST of JSON about revision 3 unless it says otherwise. */
export interface Asked {
  readonly method?: string;
  readonly body?: string | Uint8Array;
  readonly headers?: RequestOptions['headers'];
}

/** An answer taken apart for assertions. */
export interface Answered {
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** Sends a request over a connection of its own. */
export async function ask(
  server: MeshServer,
  path: string,
  { method, body, headers }: Asked = {},
): Promise<Answered> {
  const { port } = server.address;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const json = { 'Content-Type': 'application/json' };
  const options = { port, path, method: method ?? 'POST', headers: headers ?? json, agent: false };
  httpRequest(options, resolve)
    .on('error', reject)
    .end(body ?? '{"revision":3}');
  const response = await promise;
  const type = response.headers['content-type'];
  return {
    status: response.statusCode,
    type,
    headers: response.headers,
    text: await text(response),
  };
}
