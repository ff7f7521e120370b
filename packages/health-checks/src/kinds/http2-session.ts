import { type ClientHttp2Session, connect } from 'node:http2';
import type { CheckTls } from '@chancery/model';
import { hostAndPort } from './address.ts';
import { tlsSettings } from './tls-settings.ts';

/** An HTTP/2 connection of one check. */
export interface Http2Connection extends Disposable {
  readonly session: ClientHttp2Session;
  /** Resolves when the connection is made, with TLS when the handshake has succeeded; rejects with why it was not. */
  readonly connected: Promise<void>;
  /** Resolves when the other side has spoken HTTP/2; rejects with why it did not. */
  readonly ready: Promise<void>;
}

/** The other side ended the connection. */
export const endOfConnection: Error = new Error('EOF');

/** Opens a connection that is closed with the check; what goes wrong afterwards is heard by nobody. */
export function openHttp2(address: string, tls: CheckTls | undefined): Http2Connection {
  const session = dial(address, tls);
  const connected = Promise.withResolvers<void>();
  const ready = Promise.withResolvers<void>();
  const fail = (error: Error): void => {
    connected.reject(error);
    ready.reject(error);
  };
  session.on('error', fail);
  session.on('close', () => fail(endOfConnection));
  session.on('connect', () => connected.resolve());
  session.on('remoteSettings', () => ready.resolve());
  // Not every check waits for both.
  connected.promise.catch(() => {});
  ready.promise.catch(() => {});
  return {
    session,
    connected: connected.promise,
    ready: ready.promise,
    [Symbol.dispose]: () => session.destroy(),
  };
}

function dial(address: string, tls: CheckTls | undefined): ClientHttp2Session {
  if (tls === undefined) return connect(`http://${address}`);
  const { host } = hostAndPort(address);
  return connect(`https://${address}`, { host, ...tlsSettings(tls) });
}

/** Whether an error is about frames: then the other side speaks something else. */
export function isProtocolError(error: unknown): boolean {
  const { code = '' } = error as { readonly code?: string };
  return code.startsWith('ERR_HTTP2_');
}
