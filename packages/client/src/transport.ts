import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import type { Address } from './address.ts';

// An import of it would evaluate all that it exports, a second HTTP client among it: that takes longer
// than the whole request of a command.
const http = process.getBuiltinModule('node:http');

/** What a TLS connection to the agent needs; the values are PEM text. */
export interface TlsOptions {
  readonly ca?: string | readonly string[];
  readonly cert?: string;
  readonly key?: string;
  readonly serverName?: string;
  /** `false` accepts any certificate. */
  readonly verify?: boolean;
}

/** Node's client of one scheme. */
export interface Transport {
  readonly request: (
    options: RequestOptions,
    onResponse: (response: IncomingMessage) => void,
  ) => ClientRequest;
  readonly Agent: typeof Agent;
}

/** TLS is loaded only where an address asks for it: it costs a command more time than its request. */
export async function transportTo(address: Address): Promise<Transport> {
  if (address.kind === 'unix' || address.scheme === 'http') return http;
  return await import('node:https');
}

/** Where Node is to connect. */
export function targetOptions(address: Address): RequestOptions {
  if (address.kind === 'unix') return { socketPath: address.path, host: 'localhost' };
  return { protocol: `${address.scheme}:`, host: address.host, port: address.port };
}

/** TLS options in Node's words. */
export function tlsOptions(tls: TlsOptions | undefined): object {
  if (tls === undefined) return {};
  return {
    ...(tls.ca !== undefined && { ca: tls.ca }),
    ...(tls.cert !== undefined && { cert: tls.cert }),
    ...(tls.key !== undefined && { key: tls.key }),
    ...(tls.serverName !== undefined && { servername: tls.serverName }),
    ...(tls.verify === false && { rejectUnauthorized: false }),
  };
}
