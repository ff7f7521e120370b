import { faultOf, systemWords } from './system-words.ts';

/** Why a connection was not made, as Consul says it: `dial tcp 127.0.0.1:80: connect: connection refused`. */
export function dialWords(error: unknown, address: string): string {
  const fault = faultOf(error);
  if (fault.syscall === 'getaddrinfo') {
    return `dial tcp: lookup ${fault.hostname ?? address}: no such host`;
  }
  if (fault.syscall !== 'connect') return fault.message;
  return `dial tcp ${dialled(fault.address, fault.port) ?? address}: connect: ${systemWords(fault)}`;
}

/** The address that was tried, where the system tells it: that of a name. */
function dialled(address: string | undefined, port: number | undefined): string | undefined {
  if (address === undefined || port === undefined) return undefined;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** A connection that was not made in time. */
export function dialTimeout(address: string): string {
  return `dial tcp ${address}: i/o timeout`;
}
