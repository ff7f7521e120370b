import { clone, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  type Listener,
  ListenerSchema,
} from '@chancery/envoy-api/envoy/config/listener/v3/listener';
import {
  type FilterChain,
  FilterChainSchema,
} from '@chancery/envoy-api/envoy/config/listener/v3/listener_components';
import type { Drain } from '../plan.ts';

/**
 * What Envoy drains when a listener is replaced by another of the same name. Where nothing but filter chains
 * differ, it keeps the socket, and the connections of every chain that is in both word for word; those of the
 * others are drained. Anything else that differs drains the whole listener.
 *
 * https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/listeners/listener_filters#filter-chain-only-update
 */
export function drainOf(before: Uint8Array, after: Uint8Array): Drain {
  const [was, is] = [fromBinary(ListenerSchema, before), fromBinary(ListenerSchema, after)];
  if (!differsInChainsOnly(was, is)) return { kind: 'listener' };
  const kept = new Set(chainsOf(is).map(({ bytes }) => bytes));
  const gone = chainsOf(was).filter(({ bytes }) => !kept.has(bytes));
  if (gone.length === 0) return { kind: 'nothing' };
  return { kind: 'chains', chains: gone.map(({ label }) => label) };
}

function differsInChainsOnly(was: Listener, is: Listener): boolean {
  if (is.filterChains.length === 0 || usesProxyProtocol(was) !== usesProxyProtocol(is))
    return false;
  return encoded(withoutChains(was)) === encoded(withoutChains(is));
}

/** It stands in a chain, and adds a filter to the listener. */
function usesProxyProtocol({ filterChains, defaultFilterChain }: Listener): boolean {
  return (filterChains[0] ?? defaultFilterChain)?.useProxyProto ?? false;
}

function withoutChains(listener: Listener): Listener {
  const rest = clone(ListenerSchema, listener);
  rest.filterChains = [];
  delete rest.defaultFilterChain;
  delete rest.filterChainMatcher;
  return rest;
}

function encoded(listener: Listener): string {
  return toBinary(ListenerSchema, listener).join();
}

function chainsOf({ filterChains, defaultFilterChain }: Listener) {
  const numbered = filterChains.map((chain, at) => labelled(chain, `#${at + 1}`));
  // It is compared with the chains of its own place only.
  const own = defaultFilterChain && labelled(defaultFilterChain, 'default', 'default ');
  return own ? [...numbered, own] : numbered;
}

function labelled(chain: FilterChain, place: string, prefix = '') {
  const bytes = prefix + toBinary(FilterChainSchema, chain).join();
  return { label: chain.name || place, bytes };
}
