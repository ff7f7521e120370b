import { byReach, type HostFacts, isLinkLocal, isPrivateAddress } from './host-facts.ts';

/** The addresses that a text stands for, or why it stands for none. */
export type Expanded =
  | { readonly ok: true; readonly addresses: readonly string[] }
  | { readonly ok: false; readonly message: string };

const templatePattern = /\{\{(.*?)\}\}/gs;

/** Whether a text holds a template. */
export function hasTemplate(text: string): boolean {
  return text.includes('{{');
}

/**
 * The addresses of a text with templates as Consul writes them: `{{ GetPrivateIP }}`, `{{ GetInterfaceIP "eth0" }}`.
 * Chains of filters (`GetAllInterfaces | include …`) are refused by name.
 */
export function expandAddresses(text: string, host: HostFacts): Expanded {
  let problem: string | undefined;
  const expanded = text.replaceAll(templatePattern, (template, inner: string) => {
    const found = evaluate(inner.trim(), host);
    if (typeof found === 'string') problem ??= `${template} ${found}`;
    return typeof found === 'string' ? '' : found.join(' ');
  });
  if (problem !== undefined) return { ok: false, message: problem };
  return { ok: true, addresses: expanded.split(/\s+/).filter((word) => word !== '') };
}

const functions =
  'GetPrivateIP, GetPrivateIPs, GetPublicIP, GetPublicIPs, GetInterfaceIP "eth0" and GetInterfaceIPs "eth0"';

/** Addresses, or what is wrong. */
function evaluate(inner: string, host: HostFacts): readonly string[] | string {
  const [, name = '', list, argument] = /^(Get\w*IP)(s?)(?:\s+"([^"]*)")?$/.exec(inner) ?? [];
  const candidates = candidatesOf(name, argument, host);
  if (candidates === undefined) {
    return `is not understood: templates here are ${functions}; or write the address itself`;
  }
  const [first] = candidates;
  if (first === undefined) {
    return `finds no address on this machine (${addressesOf(host)}): write the address itself`;
  }
  return list === 's' ? candidates : [first];
}

function candidatesOf(
  name: string,
  argument: string | undefined,
  host: HostFacts,
): readonly string[] | undefined {
  const reachable = (host.addresses ?? []).filter(({ address }) => !isLinkLocal(address));
  const only = (keep: (address: string) => boolean) =>
    byReach(reachable)
      .map(({ address }) => address)
      .filter(keep);
  if (name === 'GetPrivateIP' && argument === undefined) return only(isPrivateAddress);
  if (name === 'GetPublicIP' && argument === undefined) {
    return only((address) => !isPrivateAddress(address));
  }
  if (name !== 'GetInterfaceIP' || argument === undefined) return undefined;
  const ofInterface = reachable.filter((each) => each.interface === argument);
  return byReach(ofInterface).map(({ address }) => address);
}

/** What a person may choose from. */
export function addressesOf({ addresses = [] }: HostFacts): string {
  if (addresses.length === 0) return 'it has none but its own loopback';
  return addresses.map((each) => `${each.interface} ${each.address}`).join(', ');
}
