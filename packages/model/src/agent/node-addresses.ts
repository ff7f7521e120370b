import { type Block, defined } from '../block.ts';
import { isIpAddress } from '../ip-address.ts';
import { describe } from '../primitives.ts';
import { report, type Scope } from '../scope.ts';
import { type AddressValues, type InterfaceValues, isEverywhere } from './address-keys.ts';
import { addressesOf, expandAddresses } from './address-template.ts';
import type { AgentConfig } from './agent-config.ts';
import { type HostFacts, isPrivateAddress } from './host-facts.ts';
import { allOf, joined } from './layers.ts';
import { type ListenAddress, listenAddress } from './listen-address.ts';

/** Where the node is found and where it listens. */
export type NodeAddresses = Pick<
  AgentConfig,
  'bindAddress' | 'advertiseAddress' | 'taggedAddresses' | 'listen'
>;

/** What addresses are found with. */
export interface AddressSources {
  readonly layers: readonly Block<AddressValues>[];
  readonly dev: boolean;
  readonly host: HostFacts;
  /** Where something is reported that no file says. */
  readonly scope: Scope;
}

/** The addresses that several files ask for, with what the machine has where they leave it open. */
export function addressesOfNode(sources: AddressSources): NodeAddresses {
  const { layers, dev } = sources;
  const bindAddress = single(sources, 'bindAddr') ?? (dev ? '127.0.0.1' : '0.0.0.0');
  const advertiseAddress =
    single(sources, 'advertiseAddr') ??
    (isEverywhere(bindAddress) ? foundAt(sources, bindAddress) : bindAddress);
  const clients = several(layers, 'clientAddr', sources) ?? ['127.0.0.1'];
  const interfaces = allOf(layers, 'addresses');
  const listening = (name: keyof InterfaceValues): readonly ListenAddress[] =>
    (several(interfaces, name, sources) ?? clients).map(listenAddress);
  return {
    bindAddress,
    advertiseAddress,
    taggedAddresses: taggedAddresses(sources, advertiseAddress),
    listen: { http: listening('http'), grpc: listening('grpc') },
  };
}

function taggedAddresses(sources: AddressSources, lan: string): Readonly<Record<string, string>> {
  const wan = single(sources, 'advertiseAddrWan') ?? lan;
  const family = (address: string) => (address.includes(':') ? 'ipv6' : 'ipv4');
  return {
    ...joined(allOf(sources.layers, 'taggedAddresses')),
    lan,
    [`lan_${family(lan)}`]: lan,
    wan,
    [`wan_${family(wan)}`]: wan,
    ...defined({
      lan_ipv4: single(sources, 'advertiseAddrIpv4'),
      lan_ipv6: single(sources, 'advertiseAddrIpv6'),
      wan_ipv4: single(sources, 'advertiseAddrWanIpv4'),
      wan_ipv6: single(sources, 'advertiseAddrWanIpv6'),
    }),
  };
}

/** The one address that a key stands for. */
function single(
  { layers, host }: AddressSources,
  name: Exclude<keyof AddressValues, 'taggedAddresses' | 'addresses'>,
): string | undefined {
  const layer = layers.findLast(({ values }) => values[name] !== undefined);
  const text = layer?.values[name];
  if (layer === undefined || text === undefined) return undefined;
  const expanded = expandAddresses(text, host);
  if (!expanded.ok) return report(layer.at(name), expanded.message);
  const [address, ...others] = expanded.addresses;
  if (address !== undefined && others.length === 0 && isIpAddress(address)) return address;
  return report(
    layer.at(name),
    `expected one address, found ${describe(expanded.addresses.join(' '))}`,
  );
}

/** The addresses that a key stands for. */
function several<K extends string>(
  blocks: readonly Block<{ readonly [name in K]: string }>[],
  name: K,
  { host }: AddressSources,
): readonly string[] | undefined {
  const block = blocks.findLast(({ values }) => values[name] !== undefined);
  const text = block?.values[name];
  if (block === undefined || text === undefined) return undefined;
  const expanded = expandAddresses(text, host);
  return expanded.ok ? expanded.addresses : report(block.at(name), expanded.message);
}

/**
 * Where a node is found that is bound to every address: as in Consul, at the one private address of the machine.
 * Where there are several, or none that is private, only a person can tell which one others reach.
 */
function foundAt({ host, scope }: AddressSources, bind: string): string {
  const ofFamily = (host.addresses ?? []).filter(
    ({ address }) => address.includes(':') === bind.includes(':'),
  );
  const [own, ...others] = ofFamily.filter(({ address }) => isPrivateAddress(address));
  if (own !== undefined && others.length === 0) return own.address;
  if (ofFamily.length > 0) {
    const problem = own === undefined ? 'has no private address' : 'has several private addresses';
    report(
      scope,
      `bind_addr is ${bind}, and this machine ${problem} (${addressesOf({ ...host, addresses: ofFamily })}): say with advertise_addr which one others reach it at`,
    );
  }
  return bind.includes(':') ? '::1' : '127.0.0.1';
}
