import type { View } from '@chancery/store';
import { configEntries } from '../config-entry.ts';

/** A walk through a chain as far as it has come. */
export interface Walk {
  readonly view: View;
  /** The service at which the chain begins. */
  readonly chain: string;
  readonly datacenter: string;
  /** What the first service that was reached speaks: all others must speak the same. */
  protocol: { readonly name: string; readonly of: string } | undefined;
  /** The keys of the entries that sent traffic on. */
  readonly passed: Set<string>;
  /** Splitters that were walked to their end: many ways may lead to one. */
  readonly walked: Set<string>;
}

/** Instances of a service: all of them, or a subset. */
export interface Target {
  readonly service: string;
  readonly subset?: string;
  readonly datacenter: string;
}

/** A target as Consul writes it: `v1.db.default.default.dc1`. */
export function targetId({ service, subset, datacenter }: Target): string {
  const name = `${service}.default.default.${datacenter}`;
  return subset === undefined ? name : `${subset}.${name}`;
}

/** The keys of the entries passed that send traffic to a service. */
export function sentBy({ view, passed }: Walk, service: string): readonly string[] {
  return view
    .by(configEntries, 'sentTo', service)
    .map(configEntries.key)
    .filter((key) => passed.has(key));
}
