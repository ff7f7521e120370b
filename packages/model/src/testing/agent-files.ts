import {
  type ConfigSource,
  type DecodedAgentConfig,
  decodeAgentConfig,
} from '../agent/decode-agent-config.ts';
import type { HostAddress, HostFacts } from '../agent/host-facts.ts';
import { formatIssue } from '../format-issue.ts';

/** An address of a machine. */
export function hostAddress(
  address: string,
  more: Partial<Omit<HostAddress, 'address'>> = {},
): HostAddress {
  const prefixLength = address.includes(':') ? 64 : 24;
  return { interface: 'eth0', address, prefixLength, isDefaultRoute: false, ...more };
}

/** A machine with one private address. */
export const box: HostFacts = { hostname: 'box', addresses: [hostAddress('10.1.2.3')] };

/** A configuration file. */
export function file(value: unknown, name = 'a.hcl'): ConfigSource {
  return { name, value };
}

/** What an agent in production would be configured to by these files. */
export function decode(
  sources: readonly ConfigSource[],
  { dev = false, host = box }: { readonly dev?: boolean; readonly host?: HostFacts } = {},
): DecodedAgentConfig {
  return decodeAgentConfig(sources, { dev, host });
}

/** What is wrong with these files, a line each. */
export function mistakes(sources: readonly ConfigSource[], host: HostFacts = box): string[] {
  const decoded = decode(sources, { host });
  return decoded.ok ? [] : decoded.issues.map((issue) => formatIssue(issue));
}

/** What has no effect in these files, a line each. */
export function warnings(sources: readonly ConfigSource[], dev = false): string[] {
  return decode(sources, { dev }).warnings.map((warning) => formatIssue(warning));
}
