import {
  type Address,
  AddressSchema,
  PipeSchema,
  SocketAddress_Protocol,
  SocketAddressSchema,
} from '@chancery/envoy-api/envoy/config/core/v3/address';
import type { Place } from '../plan/resources.ts';
import { below, type Reading, refuse, understood } from './reading.ts';

/** What may stand for a host. */
export type HostKind = 'ip' | 'ip-or-name';

type SocketAddress = Extract<Address['address'], { case: 'socketAddress' }>['value'];
type Pipe = Extract<Address['address'], { case: 'pipe' }>['value'];

/** Reads an address: TCP or a Unix socket. */
export function readPlace(
  at: Reading,
  message: Address | undefined,
  hosts: HostKind,
): Place | undefined {
  if (message === undefined) return refuse(at, 'is missing');
  understood(at, AddressSchema, message, ['socketAddress', 'pipe']);
  const { case: kind, value } = message.address;
  if (kind === 'socketAddress') return readSocketAddress(below(at, 'socket_address'), value, hosts);
  if (kind === 'pipe') return readPipe(below(at, 'pipe'), value);
  return refuse(at, 'must be a socket_address or a pipe');
}

function readSocketAddress(
  at: Reading,
  message: SocketAddress,
  hosts: HostKind,
): Place | undefined {
  understood(at, SocketAddressSchema, message, ['protocol', 'address', 'portValue']);
  const { address, protocol, portSpecifier } = message;
  if (protocol !== SocketAddress_Protocol.TCP) refuse(below(at, 'protocol'), 'must be TCP');
  if (hosts === 'ip' ? !isIpAddress(address) : address === '') {
    refuse(below(at, 'address'), `${JSON.stringify(address)} is no IP address`);
  }
  if (portSpecifier.case !== 'portValue' || portSpecifier.value > 65_535) {
    return refuse(below(at, 'port_value'), 'must be a port');
  }
  return { kind: 'tcp', host: address, port: portSpecifier.value };
}

function readPipe(at: Reading, message: Pipe): Place | undefined {
  understood(at, PipeSchema, message, ['path', 'mode']);
  const { path, mode } = message;
  if (path === '' || path.startsWith('@') || path.includes('\0')) {
    return refuse(below(at, 'path'), 'must be a path in the file system');
  }
  return mode === 0 ? { kind: 'unix', path } : { kind: 'unix', path, mode };
}

function isIpAddress(text: string): boolean {
  const byte = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
  if (new RegExp(`^${byte}(?:\\.${byte}){3}$`).test(text)) return true;
  return /^[\da-f:.]+$/i.test(text) && text.includes(':') && URL.canParse(`http://[${text}]/`);
}
