import { getSystemErrorMap } from 'node:util';

/** What Node tells of a failed system call. */
export interface SystemFault extends Error {
  readonly code?: string;
  readonly errno?: number;
  readonly syscall?: string;
  readonly address?: string;
  readonly port?: number;
  readonly hostname?: string;
}

/** Where Go's word for an error is not the one of libuv. */
const otherwise: Readonly<Record<string, string>> = {
  EHOSTUNREACH: 'no route to host',
  EADDRNOTAVAIL: 'cannot assign requested address',
};

/** An error of the system in the words that Go has for it, such as `connection refused`. */
export function systemWords({ code = '', errno = 0, message }: SystemFault): string {
  const [, words = message] = getSystemErrorMap().get(errno) ?? [];
  return otherwise[code] ?? words;
}

/** The fault behind an error: where several addresses of a name were tried, of the one that is IPv4. */
export function faultOf(error: unknown): SystemFault {
  if (!(error instanceof AggregateError)) return error as SystemFault;
  const faults = error.errors as readonly SystemFault[];
  return faults.find(({ address }) => address?.includes('.')) ?? faults[0] ?? error;
}
