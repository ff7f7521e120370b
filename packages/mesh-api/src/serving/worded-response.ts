import type { UniversalHandler, UniversalServerResponse } from '@connectrpc/connect/protocol';
import type { ServedRequest } from './exchange.ts';

/** Connect leaves out what is wrong with a request that is none of its own: these are the ways out. */
export function worded(
  response: UniversalServerResponse,
  { method }: UniversalHandler,
  request: ServedRequest,
): UniversalServerResponse {
  const isStream = method.methodKind !== 'unary';
  const message =
    response.body === undefined ? wayOut(response.status, isStream, request) : undefined;
  if (message === undefined) return response;
  const header = new Headers(response.header);
  header.set('content-type', 'application/json');
  const body = Buffer.from(JSON.stringify({ code: 'unknown', message }));
  return { ...response, header, body: once(body) };
}

function wayOut(
  status: number,
  isStream: boolean,
  { method, headers }: ServedRequest,
): string | undefined {
  if (status === 405) {
    return `${method} is not answered here: use POST, or GET for a call that changes nothing and is no stream`;
  }
  if (status !== 415) return undefined;
  if (isStream) return 'This call is a stream: ask for it by POST with application/connect+json';
  if (method === 'GET') {
    return 'The message of a GET stands in its query: ?encoding=json&message={}';
  }
  const type = headers['content-type'] ?? '';
  return `A body of Content-Type "${type}" is not read here: send JSON as application/json`;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
