/** The status codes this server answers with (https://grpc.github.io/grpc/core/md_doc_statuscodes.html). */
const STATUS: Readonly<Record<StatusName, number>> = {
  OK: 0,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  RESOURCE_EXHAUSTED: 8,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
};

/** The name of a status code. */
export type StatusName =
  | 'OK'
  | 'INVALID_ARGUMENT'
  | 'DEADLINE_EXCEEDED'
  | 'NOT_FOUND'
  | 'RESOURCE_EXHAUSTED'
  | 'UNIMPLEMENTED'
  | 'INTERNAL'
  | 'UNAVAILABLE';

/** Why a call ends. */
export interface Status {
  readonly code: StatusName;
  readonly message: string;
}

const encoder = new TextEncoder();

/** The trailers that say a status; the message is percent-encoded UTF-8, as gRPC over HTTP/2 wants it. */
export function statusTrailers({ code, message }: Status): Record<string, string> {
  const trailers: Record<string, string> = { 'grpc-status': String(STATUS[code]) };
  if (message !== '') trailers['grpc-message'] = percentEncoded(message);
  return trailers;
}

function percentEncoded(message: string): string {
  let out = '';
  for (const byte of encoder.encode(message)) {
    const plain = byte >= 0x20 && byte <= 0x7e && byte !== 0x25;
    out += plain
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}
