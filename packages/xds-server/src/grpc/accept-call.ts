import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { Call, type CallListener, releaseSoon, responseHeaders } from './call.ts';
import { FrameReader } from './frame.ts';
import { type Status, statusTrailers } from './status.ts';
import { timeoutMs } from './timeout.ts';

/** Turns an HTTP/2 stream into a gRPC call, or refuses it and returns `undefined`. */
export function acceptCall(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  maxMessageBytes: number,
  listener: CallListener,
): Call | undefined {
  if (!isGrpc(headers)) {
    refuseHttp(stream, headers[':method'] === 'POST' ? 415 : 405);
    return undefined;
  }
  const timeout = headers['grpc-timeout'];
  const deadlineMs = timeout === undefined ? undefined : timeoutMs(String(timeout));
  if (timeout !== undefined && deadlineMs === undefined) {
    refuseCall(stream, { code: 'INTERNAL', message: `grpc-timeout "${timeout}" is not a timeout` });
    return undefined;
  }
  const reader = new FrameReader(maxMessageBytes, String(headers['grpc-encoding'] ?? ''));
  return new Call(stream, reader, deadlineMs, listener);
}

/** Answers a call that is not served with its status. */
export function refuseCall(stream: ServerHttp2Stream, status: Status): void {
  quietly(stream);
  stream.respond({ ...responseHeaders, ...statusTrailers(status) }, { endStream: true });
  releaseSoon(stream);
}

/** Answers a request that is no gRPC call with an HTTP status. */
export function refuseHttp(stream: ServerHttp2Stream, status: number): void {
  quietly(stream);
  stream.respond({ ':status': status }, { endStream: true });
  releaseSoon(stream);
}

/** Whether the headers are those of a gRPC call. */
export function isGrpc(headers: IncomingHttpHeaders): boolean {
  const contentType = String(headers['content-type'] ?? '');
  return headers[':method'] === 'POST' && /^application\/grpc(\+proto|;|$)/.test(contentType);
}

function quietly(stream: ServerHttp2Stream): void {
  // Nobody is left to be told when the peer breaks off a refused call.
  stream.on('error', () => {});
  stream.resume();
}
