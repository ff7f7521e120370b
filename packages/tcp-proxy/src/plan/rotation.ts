import type { PlannedCluster } from './proxy-plan.ts';
import type { Endpoint } from './resources.ts';

/** Picks the endpoint of the next connection; undefined when there is none. */
export type Rotation = () => Endpoint | undefined;

/** An order over the endpoints of a cluster in which each gets its share. `random` is in [0, 1). */
export function createRotation(
  { endpoints, policy }: Pick<PlannedCluster, 'endpoints' | 'policy'>,
  random: () => number,
): Rotation {
  return policy === 'random' ? () => drawn(endpoints, random()) : inTurn(endpoints);
}

function drawn(endpoints: readonly Endpoint[], random: number): Endpoint | undefined {
  let rest = random * totalWeight(endpoints);
  const picked = endpoints.find(({ weight }) => {
    rest -= weight;
    return rest < 0;
  });
  // The product may have been rounded up to the total.
  return picked ?? endpoints.at(-1);
}

/**
 * Weighted round robin without clumps: in each turn everybody gains its weight, the richest is picked and pays
 * the total. Over as many turns as the total weight, each is picked exactly as often as it weighs.
 */
function inTurn(endpoints: readonly Endpoint[]): Rotation {
  const total = totalWeight(endpoints);
  const entries = endpoints.map((endpoint) => ({ endpoint, credit: 0 }));
  return () => {
    for (const entry of entries) entry.credit += entry.endpoint.weight;
    const richest = entries.reduce<(typeof entries)[number] | undefined>(
      (best, entry) => (best === undefined || entry.credit > best.credit ? entry : best),
      undefined,
    );
    if (richest !== undefined) richest.credit -= total;
    return richest?.endpoint;
  };
}

function totalWeight(endpoints: readonly Endpoint[]): number {
  return endpoints.reduce((sum, { weight }) => sum + weight, 0);
}
