import { type Address, hostPort } from './address.ts';
import { ClientError } from './client-error.ts';
import { systemReason } from './system-reason.ts';

interface SystemError extends Error {
  readonly code?: string;
  readonly syscall?: string;
  readonly address?: string;
  readonly port?: number;
  readonly hostname?: string;
  /** Of an error of TLS: what OpenSSL says in a few words. */
  readonly reason?: string;
}

/** Words an I/O error as Consul's Go client does: `Get "URL": dial tcp 127.0.0.1:8500: connect: connection refused`. */
export function unreachable(
  error: unknown,
  request: { readonly method: string; readonly url: string; readonly address: Address },
): ClientError {
  const cause = firstOf(error);
  const verb = request.method.charAt(0) + request.method.slice(1).toLowerCase();
  const message = `${verb} "${request.url}": ${reasonFor(cause, request.address)}`;
  return new ClientError(message, { kind: 'unreachable', cause: error });
}

/** A name with several addresses fails with one error for each: the first is the one to show. */
function firstOf(error: unknown): SystemError {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return error.errors[0];
  return error instanceof Error ? error : new Error(String(error));
}

function reasonFor(error: SystemError, address: Address): string {
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') {
    return `dial tcp: lookup ${error.hostname ?? ''}: no such host`;
  }
  if (error.syscall === 'connect') {
    return `dial ${destination(error, address)}: connect: ${systemReason(error)}`;
  }
  // What OpenSSL makes of an answer that is no TLS runs over two lines.
  if (error.code === 'EPROTO' || error.code?.startsWith('ERR_SSL_')) return tlsReason(error);
  // The port next to the one that is meant answers so: it speaks HTTP/2, and hangs up on all else.
  if (error.code?.startsWith('HPE_')) return `malformed HTTP response: ${grpcPort}`;
  if (error.code === 'EPIPE') return `write: broken pipe: ${grpcPort}`;
  if (error.code !== 'ECONNRESET') return error.message;
  return error.syscall === 'read' ? 'read: connection reset by peer' : 'EOF';
}

const grpcPort = 'if this is the gRPC port of an agent, ask its HTTP port';

function tlsReason(error: SystemError): string {
  if (/wrong version number|packet length too long/.test(error.message)) {
    return 'http: server gave HTTP response to HTTPS client';
  }
  return `tls: ${error.reason ?? error.message.trim()}`;
}

function destination(error: SystemError, address: Address): string {
  if (address.kind === 'unix') return `unix ${address.path}`;
  return `tcp ${hostPort(error.address ?? address.host, error.port ?? address.port)}`;
}
