import type { Address } from '@chancery/envoy-api/envoy/config/core/v3/address';
import type { Listener } from '@chancery/envoy-api/envoy/config/listener/v3/listener';

/** Where TCP connections are taken. */
export interface ListeningPlace {
  readonly address: string;
  readonly port: number;
}

/** Every address and port that a listener takes connections at; Unix sockets are left out. */
export function listeningPlaces({ address, additionalAddresses }: Listener): ListeningPlace[] {
  return [address, ...additionalAddresses.map((additional) => additional.address)].flatMap(placeOf);
}

function placeOf(entry: Address | undefined): ListeningPlace[] {
  if (entry?.address.case !== 'socketAddress') return [];
  const { address, portSpecifier } = entry.address.value;
  return portSpecifier.case === 'portValue' ? [{ address, port: portSpecifier.value }] : [];
}

const everywhere: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/**
 * Whether a connection to one place could arrive at the other. Envoy binds both all the same, and the system then
 * hands connections to the more precise of two addresses.
 */
export function overlap(a: ListeningPlace, b: ListeningPlace): boolean {
  if (a.port !== b.port || a.port === 0) return false;
  return a.address === b.address || everywhere.has(a.address) || everywhere.has(b.address);
}
