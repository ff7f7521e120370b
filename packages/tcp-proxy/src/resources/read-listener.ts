import {
  type Listener,
  ListenerSchema,
} from '@chancery/envoy-api/envoy/config/listener/v3/listener';
import {
  type FilterChain,
  FilterChainSchema,
} from '@chancery/envoy-api/envoy/config/listener/v3/listener_components';
import type { ListenerResource } from '../plan/resources.ts';
import { readFilters } from './read-filters.ts';
import { readPlace } from './read-place.ts';
import { readDownstreamTls } from './read-tls.ts';
import { below, type Reading, refuse, understood } from './reading.ts';
import { decode } from './typed-config.ts';

type Chain = Pick<ListenerResource, 'tls' | 'filters' | 'cluster' | 'idleTimeoutMs'>;

/** Reads a listener of TCP connections. */
export function readListener(at: Reading, bytes: Uint8Array): ListenerResource | undefined {
  const listener = decode(at, ListenerSchema, bytes);
  if (listener === undefined) return undefined;
  understood(at, ListenerSchema, listener, [
    ...['name', 'address', 'filterChains'],
    // For the statistics and the access log of Envoy.
    ...['statPrefix', 'trafficDirection', 'accessLog'],
  ]);
  const place = readPlace(below(at, 'address'), listener.address, 'ip');
  const chain = onlyChain(below(at, 'filter_chains'), listener);
  if (place === undefined || chain === undefined) return undefined;
  return { kind: 'listener', name: listener.name, place, ...chain };
}

function onlyChain(at: Reading, { filterChains }: Listener): Chain | undefined {
  const [only, ...more] = filterChains;
  if (only === undefined || more.length > 0) return refuse(at, 'must be exactly one');
  return readChain(below(at, 0), only);
}

function readChain(at: Reading, chain: FilterChain): Chain | undefined {
  understood(at, FilterChainSchema, chain, ['name', 'filters', 'transportSocket']);
  const { transportSocket: socket } = chain;
  const tls = socket && readDownstreamTls(below(at, 'transport_socket'), socket);
  const filters = readFilters(below(at, 'filters'), chain.filters);
  if (filters === undefined || (socket !== undefined && tls === undefined)) return undefined;
  return tls === undefined ? filters : { ...filters, tls };
}
