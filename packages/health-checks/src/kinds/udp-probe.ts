import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { CheckStatus, UdpProbe } from '@chancery/model';
import type { ProbeResult } from '../probe-result.ts';
import { type SystemFault, systemWords } from '../words/system-words.ts';
import { hostAndPort } from './address.ts';
import { usualTimeoutMs } from './timeouts.ts';

/**
 * Sends an empty datagram. Passes when anything comes back; a server that stays silent is critical after
 * the timeout, where Consul waits for ever.
 */
export async function udpProbe(check: UdpProbe): Promise<ProbeResult> {
  const { host, port } = hostAndPort(check.address);
  const resolved = await resolvedHost(host);
  if (resolved === undefined) {
    return { status: 'critical', output: `dial udp: lookup ${host}: no such host` };
  }
  return await answered(check, resolved, port);
}

async function resolvedHost(host: string): Promise<string | undefined> {
  if (isIP(host) !== 0) return host;
  return await lookup(host).then(
    ({ address }) => address,
    () => undefined,
  );
}

function answered(check: UdpProbe, host: string, port: number): Promise<ProbeResult> {
  const { promise, resolve } = Promise.withResolvers<ProbeResult>();
  const socket = createSocket(isIP(host) === 6 ? 'udp6' : 'udp4');
  let route = check.address;
  let isSettled = false;
  const settle = (status: CheckStatus, output: string): void => {
    if (isSettled) return;
    isSettled = true;
    clearTimeout(deadline);
    socket.close();
    resolve({ status, output });
  };
  const deadline = setTimeout(
    () => settle('critical', `read udp ${route}: i/o timeout`),
    check.timeoutMs ?? usualTimeoutMs,
  );
  socket.on('message', () => settle('passing', `UDP connect ${check.address}: Success`));
  socket.on('error', (error: SystemFault) =>
    settle('critical', `read udp ${route}: read: ${systemWords(error)}`),
  );
  // By its event and not by a callback: that one is called with what went wrong as well, and there is no connection then.
  socket.once('connect', () => {
    const local = socket.address();
    route = `${local.address}:${local.port}->${check.address}`;
    socket.send('');
  });
  socket.connect(port, host);
  return promise;
}
