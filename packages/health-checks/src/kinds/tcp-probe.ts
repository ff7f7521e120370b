import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { CheckStatus, CheckTls, TcpProbe } from '@chancery/model';
import type { ProbeResult } from '../probe-result.ts';
import { dialTimeout, dialWords } from '../words/dial-words.ts';
import { tlsWords } from '../words/tls-words.ts';
import { hostAndPort } from './address.ts';
import { usualTimeoutMs } from './timeouts.ts';
import { tlsSettings } from './tls-settings.ts';

/** Passes when a connection can be made, with TLS when the handshake succeeds as well. */
export function tcpProbe(check: TcpProbe): Promise<ProbeResult> {
  const { address, tls, timeoutMs = usualTimeoutMs } = check;
  const { promise, resolve } = Promise.withResolvers<ProbeResult>();
  const socket = dial(address, tls);
  const settle = (status: CheckStatus, output: string): void => {
    clearTimeout(deadline);
    // Says goodbye where TLS was spoken: servers log a connection that just breaks.
    socket.destroySoon();
    resolve({ status, output });
  };
  const deadline = setTimeout(() => settle('critical', late(address, tls)), timeoutMs);
  const success = `TCP${tls ? '+TLS' : ''} connect ${address}: Success`;
  socket.on(tls ? 'secureConnect' : 'connect', () => settle('passing', success));
  socket.on('error', (error) =>
    settle('critical', (tls && tlsWords(error)) ?? dialWords(error, address)),
  );
  return promise;
}

function dial(address: string, tls: CheckTls | undefined): Socket {
  const target = hostAndPort(address);
  return tls ? connectTls({ ...target, ...tlsSettings(tls) }) : connect(target);
}

function late(address: string, tls: CheckTls | undefined): string {
  return tls ? 'context deadline exceeded' : dialTimeout(address);
}
