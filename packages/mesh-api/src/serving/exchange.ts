import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';

/** A request over HTTP/1.1 or HTTP/2. */
export type ServedRequest = IncomingMessage | Http2ServerRequest;

/** Its answer. */
export type ServedResponse = ServerResponse | Http2ServerResponse;

/** The path of a request, without its query. */
export function pathOf({ url = '' }: ServedRequest): string {
  const mark = url.indexOf('?');
  return mark < 0 ? url : url.slice(0, mark);
}

/** Answers with an error as Connect words it, which `curl` shows and clients of every protocol understand. */
export function refuse(
  response: ServedResponse,
  status: number,
  error: { readonly code: string; readonly message: string },
): void {
  if (response.headersSent) return;
  const body = JSON.stringify(error);
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(body);
}

/** Whether nothing more can be said. */
export function isOver(response: ServedResponse): boolean {
  if (response.writableEnded) return true;
  return 'stream' in response ? response.stream?.destroyed !== false : response.destroyed;
}

/** Ends a connection, or one of the streams of a connection, in the middle of what is said. */
export function cut(response: ServedResponse): void {
  if ('stream' in response) response.stream?.destroy();
  else response.destroy();
}
