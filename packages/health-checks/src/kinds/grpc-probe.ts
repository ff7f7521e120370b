import type { DescMethodUnary } from '@bufbuild/protobuf';
import type { GrpcProbe } from '@chancery/model';
import { Code, ConnectError, type Transport } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import type { ProbeResult } from '../probe-result.ts';
import { dialWords } from '../words/dial-words.ts';
import { tlsWords } from '../words/tls-words.ts';
import { healthCheckMethod, statusName } from './health-service.ts';
import {
  endOfConnection,
  type Http2Connection,
  isProtocolError,
  openHttp2,
} from './http2-session.ts';
import { usualTimeoutMs } from './timeouts.ts';

let known: DescMethodUnary | undefined;

/** Asks the health service of a gRPC server, over a connection of its own. */
export async function grpcProbe(check: GrpcProbe): Promise<ProbeResult> {
  known ??= healthCheckMethod();
  using connection = openHttp2(check.address, check.tls);
  try {
    return await asked(check, known, transportOver(connection));
  } catch (error) {
    return { status: 'critical', output: rpcWords(ConnectError.from(error), check.address) };
  }
}

async function asked(
  { address, service, timeoutMs = usualTimeoutMs }: GrpcProbe,
  method: DescMethodUnary,
  transport: Transport,
): Promise<ProbeResult> {
  const target = service === '' ? address : `${address}/${service}`;
  const answer = await transport.unary(method, undefined, timeoutMs, undefined, { service });
  const status = statusName(answer.message);
  return status === 'SERVING'
    ? { status: 'passing', output: `gRPC check ${target}: success` }
    : { status: 'critical', output: `gRPC ${target} serving status: ${status}` };
}

/** More than any answer of a health service needs. */
const readMaxBytes = 64 * 1024;

function transportOver({ session, ready }: Http2Connection): Transport {
  const authority = session.originSet?.[0] ?? 'http://localhost';
  return createGrpcTransport({
    baseUrl: authority,
    readMaxBytes,
    acceptCompression: [],
    sessionManager: {
      authority,
      request: async (method, path, headers, options) => {
        await ready;
        return session.request({ ...headers, ':method': method, ':path': path }, options);
      },
      notifyResponseByteRead: () => {},
    },
  });
}

/** A failed call as gRPC's Go library prints it, for those who search outputs for its words. */
function rpcWords(error: ConnectError, address: string): string {
  const failure = connectionFailure(error.cause, address);
  if (failure !== undefined) {
    return `rpc error: code = Unavailable desc = connection error: desc = "${failure}"`;
  }
  const isLate = error.rawMessage === 'the operation timed out';
  const desc = isLate ? 'context deadline exceeded' : error.rawMessage;
  return `rpc error: code = ${Code[error.code]} desc = ${desc}`;
}

function connectionFailure(cause: unknown, address: string): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  if (cause === endOfConnection) return 'error reading server preface: EOF';
  if (isProtocolError(cause)) return 'error reading server preface: http2: frame too large';
  const handshake = tlsWords(cause);
  if (handshake !== undefined) return `transport: authentication handshake failed: ${handshake}`;
  const isDial = 'syscall' in cause || cause instanceof AggregateError;
  return isDial ? `transport: Error while dialing: ${dialWords(cause, address)}` : undefined;
}
