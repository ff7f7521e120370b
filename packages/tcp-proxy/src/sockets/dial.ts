import { connect as connectSocket, type Socket } from 'node:net';
import {
  type ConnectionOptions,
  connect as connectTls,
  type PeerCertificate,
  type SecureContext,
} from 'node:tls';
import type { PlannedCluster, PlannedTls } from '../plan/proxy-plan.ts';
import type { Endpoint, Place } from '../plan/resources.ts';
import { peerIdentity } from '../rules/peer-identity.ts';

/**
 * Connects to an endpoint of a cluster; with mutual TLS only once the peer has proved to be whom the cluster is
 * for. Rejects when that fails, takes too long or is aborted; the socket is gone then.
 */
export function dial(
  cluster: PlannedCluster,
  endpoint: Endpoint,
  contextOf: (tls: PlannedTls) => SecureContext,
  signal: AbortSignal,
): Promise<Socket> {
  const { tls, connectTimeoutMs } = cluster;
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const place = { ...connectOptions(endpoint.place), allowHalfOpen: true };
    const socket = tls
      ? connectTls({ ...place, ...peerOptions(tls, contextOf) })
      : connectSocket(place);
    const fail = (error: Error): void => {
      settle();
      socket.destroy();
      reject(error);
    };
    const failLate = (): void => fail(new Error(`it took longer than ${connectTimeoutMs} ms`));
    const failEarly = (): void => fail(new Error('it was closed'));
    const timer = setTimeout(failLate, connectTimeoutMs);
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', failEarly);
      socket.off('close', failEarly);
    };
    signal.addEventListener('abort', failEarly);
    // Stays for good: an error that comes later must not find nobody listening.
    socket.on('error', fail);
    socket.on('close', failEarly);
    socket.once(tls ? 'secureConnect' : 'connect', () => {
      settle();
      resolve(socket);
    });
  });
}

function connectOptions(place: Place) {
  if (place.kind === 'unix') return { path: place.path };
  return { host: place.host, port: place.port, noDelay: true };
}

function peerOptions(
  tls: NonNullable<PlannedCluster['tls']>,
  contextOf: (tls: PlannedTls) => SecureContext,
): ConnectionOptions {
  return {
    secureContext: contextOf(tls),
    rejectUnauthorized: true,
    checkServerIdentity: (_host, certificate) => wrongPeer(tls.identities, certificate),
    ...(tls.sni !== '' && { servername: tls.sni }),
  };
}

/** Names in a mesh are not host names: what counts is the URI name, exactly. */
function wrongPeer(
  expected: readonly string[],
  { subjectaltname }: PeerCertificate,
): Error | undefined {
  const identity = peerIdentity(subjectaltname);
  if (identity !== undefined && expected.includes(identity)) return undefined;
  return new Error(`the peer is ${identity ?? 'nobody'} and not ${expected.join(' or ')}`);
}
