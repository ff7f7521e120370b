import type { Block } from '../block.ts';
import { ipAddress } from '../ip-address.ts';
import { type Decoder, describe, filledText, mapOf } from '../primitives.ts';
import { report, type Scope } from '../scope.ts';
import { hasTemplate } from './address-template.ts';
import { inert, type KeyTable, key, section } from './key.ts';

/** What the `addresses` block says. */
export interface InterfaceValues {
  readonly http: string;
  readonly grpc: string;
}

/** What the keys about addresses say; templates are not yet replaced. */
export interface AddressValues {
  readonly bindAddr: string;
  readonly advertiseAddr: string;
  readonly advertiseAddrWan: string;
  readonly advertiseAddrIpv4: string;
  readonly advertiseAddrIpv6: string;
  readonly advertiseAddrWanIpv4: string;
  readonly advertiseAddrWanIpv6: string;
  readonly taggedAddresses: Readonly<Record<string, string>>;
  readonly clientAddr: string;
  readonly addresses: Block<InterfaceValues>;
}

const noDns = 'there is no DNS interface yet';
const noTls = 'there is no HTTPS and no TLS for proxies yet';

const interfaceFields: KeyTable<InterfaceValues> = {
  http: key(
    'Where HTTP is served: addresses, or `unix:///path`; without it, where `client_addr` says.',
    listenText(true),
  ),
  grpc: key('Where xDS is served, likewise.', listenText(true)),
  ...inert(noDns, 'dns'),
  ...inert(noTls, 'https', 'grpcTls'),
};

/** The keys about addresses. */
export const addressFields: KeyTable<AddressValues> = {
  bindAddr: key('The address of this node within the datacenter (`0.0.0.0`).', nodeAddress),
  advertiseAddr: key(
    'The address that others reach this node at: what `bind_addr` says, or the one private address of the machine.',
    advertised,
  ),
  advertiseAddrWan: key('The address `wan` of this node (what `advertise_addr` says).', advertised),
  advertiseAddrIpv4: key('The address `lan_ipv4` of this node.', advertised),
  advertiseAddrIpv6: key('The address `lan_ipv6` of this node.', advertised),
  advertiseAddrWanIpv4: key('The address `wan_ipv4` of this node.', advertised),
  advertiseAddrWanIpv6: key('The address `wan_ipv6` of this node.', advertised),
  taggedAddresses: key('Further addresses of this node, by what they are for.', mapOf(filledText)),
  clientAddr: key(
    'Where HTTP and xDS are served: one or several addresses (`127.0.0.1`).',
    listenText(false),
  ),
  addresses: section('Where the single interfaces are served.', interfaceFields),
};

/** Addresses with spaces between them; a template is replaced when all files are read. */
function listenText(sockets: boolean): Decoder<string> {
  return (value, scope) => {
    const found = filledText(value, scope);
    if (found === undefined || hasTemplate(found)) return found;
    const wrong = found.split(/\s+/).find((word) => word !== '' && !isListenAddress(word, sockets));
    if (wrong === undefined) return found;
    return report(scope, `expected an address such as "127.0.0.1", found ${describe(wrong)}`);
  };
}

function isListenAddress(word: string, sockets: boolean): boolean {
  return word.startsWith('unix://')
    ? sockets && /^unix:\/\/\/./.test(word)
    : /^[A-Za-z0-9.:_-]+$/.test(word);
}

/** The node is found at it, and Envoy reaches endpoints by their IP address alone. */
function nodeAddress(value: unknown, scope: Scope): string | undefined {
  const found = filledText(value, scope);
  return found === undefined || hasTemplate(found) ? found : ipAddress(found, scope);
}

function advertised(value: unknown, scope: Scope): string | undefined {
  const found = nodeAddress(value, scope);
  if (found === undefined || !isEverywhere(found)) return found;
  return report(scope, `${describe(found)} is no address that others can reach`);
}

/** Whether an address stands for all of them. */
export function isEverywhere(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}
