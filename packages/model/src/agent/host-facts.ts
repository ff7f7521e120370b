/** One address of the machine. */
export interface HostAddress {
  /** The interface that has it: `eth0`. */
  readonly interface: string;
  readonly address: string;
  /** How many bits of it name its network. */
  readonly prefixLength: number;
  /** Whether its interface leads to everywhere else. */
  readonly isDefaultRoute: boolean;
}

/** What the machine itself says. */
export interface HostFacts {
  readonly hostname: string;
  /** Its addresses, those that only it can reach left out. */
  readonly addresses?: readonly HostAddress[];
}

/** The networks from which Consul takes an address to be found at: RFC 1918, RFC 6598, and those of documentation and links. */
const privateNetworks: readonly (readonly [network: string, bits: number])[] = [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
];

/** Whether an IPv4 address is of a private network; of IPv6, whether it is unique local (RFC 4193). */
export function isPrivateAddress(address: string): boolean {
  if (address.includes(':')) return /^f[cd]/i.test(address);
  return privateNetworks.some(([network, bits]) => {
    const shift = 2 ** (32 - bits);
    return Math.floor(ipv4Number(address) / shift) === Math.floor(ipv4Number(network) / shift);
  });
}

/** Whether an address counts within one link only, so that others may not be told of it. */
export function isLinkLocal(address: string): boolean {
  return address.startsWith('169.254.') || /^fe[89ab]/i.test(address);
}

function ipv4Number(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** Addresses in the order in which the first is taken: of the default route, then of the larger network, IPv6 being larger. */
export function byReach(addresses: readonly HostAddress[]): readonly HostAddress[] {
  const hostBits = ({ address, prefixLength }: HostAddress): number =>
    (address.includes(':') ? 128 : 32) - prefixLength;
  return addresses.toSorted(
    (a, b) => Number(b.isDefaultRoute) - Number(a.isDefaultRoute) || hostBits(b) - hostBits(a),
  );
}
