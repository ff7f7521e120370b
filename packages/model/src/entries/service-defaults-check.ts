import { isIpAddress } from '../ip-address.ts';
import type { EntryKind } from './entry-kind.ts';
import { checkExtensions } from './envoy-extension.ts';
import { checkMutualTls } from './mesh-settings.ts';
import { checkEntryName } from './name-checks.ts';
import { inside, listing, repeats, type Tell } from './problem.ts';
import {
  type ServiceDefaults,
  type ServiceDestination,
  serviceDefaults,
} from './service-defaults.ts';
import { settledUpstreams } from './upstream-settings.ts';
import { checkUpstreams } from './upstream-settings-check.ts';

/** All that is known of `service-defaults`. */
export const serviceDefaultsKind: EntryKind<ServiceDefaults> = {
  codec: serviceDefaults,
  settled: (entry) => ({
    ...entry,
    ...(entry.protocol && { protocol: entry.protocol.toLowerCase() }),
    ...(entry.upstreamConfig && { upstreamConfig: settledUpstreams(entry.upstreamConfig) }),
  }),
  check: (entry, tell) => {
    if (entry.name === '*') {
      const words = 'service-defaults name must be the name of a service, and not a wildcard';
      tell(['name'], words);
    } else checkEntryName(entry.name, tell);
    checkMutualTls(entry.mutualTlsMode, tell);
    checkListed(entry, listing(tell));
  },
};

function checkListed(entry: ServiceDefaults, tell: Tell): void {
  const { protocol, balanceInboundConnections: balance, destination, upstreamConfig } = entry;
  if (protocol && !['tcp', 'http', 'http2', 'grpc'].includes(protocol)) {
    tell(['protocol'], `invalid value for protocol: ${protocol}`);
  }
  if (balance && balance !== 'exact_balance') {
    const words = `invalid value for balance_inbound_connections: ${balance}`;
    tell(['balanceInboundConnections'], words);
  }
  if (upstreamConfig !== undefined && destination !== undefined) {
    const words = 'UpstreamConfig and Destination are mutually exclusive for service defaults';
    tell(['destination'], words);
  } else {
    if (upstreamConfig !== undefined)
      checkUpstreams(upstreamConfig, inside(tell, 'upstreamConfig'));
    if (destination !== undefined) checkDestination(destination, inside(tell, 'destination'));
  }
  checkExtensions(entry.envoyExtensions, tell);
}

function checkDestination({ addresses, port = 0 }: ServiceDestination, tell: Tell): void {
  if (addresses.length === 0) {
    tell(['addresses'], 'Destination must contain at least one valid address');
  }
  const twice = repeats(addresses);
  for (const [index, address] of addresses.entries()) {
    const at = inside(tell, 'addresses', index);
    if (!isIpAddress(address) && (address === '' || address.includes('*'))) {
      const reason = `Could not validate address ${address} as an IP or Hostname`;
      at([], `Destination address '${address}' is invalid ${reason}`);
    } else if (twice.has(index)) {
      at([], `Duplicate address '${address}' is not allowed`);
    }
  }
  if (port < 1 || port > 65_535) tell(['port'], `Invalid Port number ${port}`);
}
