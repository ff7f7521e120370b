import { lookup } from 'node:dns/promises';
import type { Decoded } from '@chancery/model';
import { parseHostPort, refused, type SocketAddress } from './socket-address.ts';

/**
 * Reads `localhost:19000`, `http://127.0.0.1:8502` or `unix:///run/xds.sock` and resolves a name to an IP address,
 * because Envoy takes only those in its bootstrap. IPv4 is preferred: it is what a dev agent listens on.
 */
export async function resolveAddress(text: string): Promise<Decoded<SocketAddress>> {
  const unix = /^unix:\/\/(.+)$/.exec(text)?.[1];
  if (unix !== undefined) return { ok: true, value: { kind: 'pipe', path: unix } };
  const split = parseHostPort(text.replace(/^[a-z]+:\/\//, '').replace(/\/$/, ''));
  if (!split.ok) return split;
  const { host, port } = split.value;
  try {
    const { address } = await lookup(host, { order: 'ipv4first' });
    return { ok: true, value: { kind: 'ip', address, port } };
  } catch (error) {
    return refused([], `the host of "${text}" cannot be resolved: ${(error as Error).message}`);
  }
}
