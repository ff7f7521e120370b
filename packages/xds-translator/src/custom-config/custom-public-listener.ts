import { SocketAddress_Protocol } from '@chancery/envoy-api/envoy/config/core/v3/address';
import {
  type Listener,
  ListenerSchema,
} from '@chancery/envoy-api/envoy/config/listener/v3/listener';
import type { Credentials } from '../mutual-tls.ts';
import { guard } from '../public-listener.ts';
import { decodeTyped, type Read } from './read-json.ts';

/**
 * The public listener that a user gives instead of the generated one, with mutual TLS and the intentions
 * in every filter chain.
 */
export function customPublicListener(
  text: string,
  defaultName: string,
  credentials: Credentials,
): Read<Listener> {
  const read = decodeTyped(text, ListenerSchema);
  if (!read.ok) return read;
  const listener = read.value;
  const reason = unguardable(listener);
  if (reason !== undefined) return { ok: false, reason };
  for (const chain of filterChains(listener)) guard(chain, credentials);
  listener.name ||= defaultName;
  return read;
}

/** Why mutual TLS and the intentions cannot be put into a listener; undefined where they can. */
export function unguardable(listener: Listener): string | undefined {
  if (listener.udpListenerConfig !== undefined || isUdp(listener)) {
    return '$.address: a public listener takes TCP connections, so that mutual TLS can be put in front';
  }
  if (listener.apiListener !== undefined) {
    return '$.api_listener: a public listener needs filter_chains, so that mutual TLS can be put in front';
  }
  if (filterChains(listener).length === 0) {
    return '$.filter_chains: a public listener needs at least one, into which mutual TLS is put';
  }
  return undefined;
}

function filterChains({ filterChains: chains, defaultFilterChain }: Listener): FilterChains {
  return defaultFilterChain === undefined ? chains : [...chains, defaultFilterChain];
}

type FilterChains = Listener['filterChains'];

function isUdp({ address, additionalAddresses }: Listener): boolean {
  return [address, ...additionalAddresses.map((additional) => additional.address)].some(
    (entry) =>
      entry?.address.case === 'socketAddress' &&
      entry.address.value.protocol === SocketAddress_Protocol.UDP,
  );
}
