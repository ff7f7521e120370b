import { equals, fromBinary } from '@bufbuild/protobuf';
import { registry } from '@chancery/envoy-api';
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
  const gone = [
    ...was.filterChains.flatMap((chain, at) =>
      isAmong(is.filterChains, chain) ? [] : [chain.name || `#${at + 1}`],
    ),
    ...(isSameDefault(was, is) ? [] : ['default']),
  ];
  return gone.length === 0 ? { kind: 'nothing' } : { kind: 'chains', chains: gone };
}

function differsInChainsOnly(was: Listener, is: Listener): boolean {
  if (is.filterChains.length === 0 || usesProxyProtocol(was) !== usesProxyProtocol(is))
    return false;
  return equals(ListenerSchema, withoutChains(was), withoutChains(is), {
    registry: registry(),
    unknown: true,
  });
}

/** It stands in a chain, and adds a filter to the listener. */
function usesProxyProtocol({ filterChains, defaultFilterChain }: Listener): boolean {
  return (filterChains[0] ?? defaultFilterChain)?.useProxyProto ?? false;
}

function withoutChains(listener: Listener): Listener {
  const { defaultFilterChain: _default, filterChainMatcher: _matcher, ...rest } = listener;
  return { ...rest, filterChains: [] };
}

function isAmong(chains: readonly FilterChain[], chain: FilterChain): boolean {
  return chains.some((each) => isSame(each, chain));
}

/** The default chain is compared with the default chain, and goes on where there was none. */
function isSameDefault(was: Listener, is: Listener): boolean {
  if (was.defaultFilterChain === undefined) return true;
  return (
    is.defaultFilterChain !== undefined && isSame(was.defaultFilterChain, is.defaultFilterChain)
  );
}

function isSame(a: FilterChain, b: FilterChain): boolean {
  return equals(FilterChainSchema, a, b, { registry: registry(), unknown: true });
}
