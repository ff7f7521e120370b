import { type Codec, list, word, words } from './codec.ts';
import type { Tell } from './problem.ts';
import { filled, held, shape } from './shape.ts';

/** In which order targets stand in; a community Consul takes it only for all proxies. */
export interface FailoverPolicy {
  readonly mode?: 'sequential' | 'order-by-locality';
  readonly regions: readonly string[];
}

/** Whether near instances are preferred; a community Consul does not take it. */
export interface PrioritizeByLocality {
  readonly mode?: string;
}

/** Reads and prints a policy of failover. */
export const failoverPolicy: Codec<FailoverPolicy> = shape<FailoverPolicy>({
  mode: filled(word<NonNullable<FailoverPolicy['mode']>>()),
  regions: held(list(words), []),
});

/** Reads and prints a preference of near instances. */
export const prioritizeByLocality: Codec<PrioritizeByLocality> = shape<PrioritizeByLocality>({
  mode: filled(words),
});

/** Refuses what a community Consul does not take. */
export function checkLocality(locality: PrioritizeByLocality | undefined, tell: Tell): void {
  if (!locality?.mode) return;
  tell(['prioritizeByLocality'], 'Prioritize-by-locality requires Consul Enterprise');
}
