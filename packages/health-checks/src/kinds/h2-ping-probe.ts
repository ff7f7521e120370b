import type { H2PingProbe } from '@chancery/model';
import type { ProbeResult } from '../probe-result.ts';
import { dialWords } from '../words/dial-words.ts';
import { tlsWords } from '../words/tls-words.ts';
import { Deadline } from './deadline.ts';
import {
  endOfConnection,
  type Http2Connection,
  isProtocolError,
  openHttp2,
} from './http2-session.ts';
import { usualTimeoutMs } from './timeouts.ts';

/** Passes when an HTTP/2 PING is answered. */
export async function h2PingProbe(check: H2PingProbe): Promise<ProbeResult> {
  using deadline = new Deadline(check.timeoutMs ?? usualTimeoutMs);
  using connection = openHttp2(check.address, check.tls);
  const late = Promise.withResolvers<never>();
  deadline.onOver(() => late.reject(new Error('context deadline exceeded')));
  try {
    await Promise.race([connection.connected, late.promise]);
  } catch (error) {
    return critical(`Failed to dial to ${check.address}: ${words(error, check.address)}`);
  }
  try {
    await Promise.race([answered(connection), late.promise]);
  } catch (error) {
    return critical(`HTTP2 ping failed: ${words(error, check.address)}`);
  }
  return { status: 'passing', output: 'HTTP2 ping was successful' };
}

function answered({ session, ready }: Http2Connection): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  ready.catch(reject);
  session.once('close', () => reject(endOfConnection));
  session.ping((error) => (error === null ? resolve() : reject(error)));
  return promise;
}

function critical(output: string): ProbeResult {
  return { status: 'critical', output };
}

function words(error: unknown, address: string): string {
  if (error === endOfConnection || isProtocolError(error)) return 'unexpected EOF';
  return tlsWords(error) ?? dialWords(error, address);
}
