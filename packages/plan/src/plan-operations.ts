import type { Operation, View } from '@chancery/store';
import { toldInOrder } from './declared/declared-change.ts';
import { digestOf } from './digest.ts';
import { type Outline, outlined } from './outline.ts';
import type { Plan } from './plan.ts';
import type { PlanParts } from './plan-parts.ts';
import { createDescription } from './resources/resource-changes.ts';

/**
 * What operations on a state would do: to what is declared, to who may talk to whom, and to each proxy. The
 * view must be one of a store, not one within a query.
 */
export function planOperations(
  view: View,
  operations: readonly Operation[],
  parts: PlanParts,
): Plan {
  const outline = outlined(view, operations, parts);
  const described = createDescription();
  return {
    revision: outline.revision,
    digest: digestOf(outline),
    changes: toldInOrder(outline.changes, parts.tell),
    flips: outline.flips,
    proxies: outline.proxies
      .filter(({ resources }) => resources.length > 0)
      .map(({ proxyId, service, resources }) => ({
        proxyId,
        service,
        connected: parts.isConnected(proxyId),
        resources: resources.map(described),
      })),
    proxiesConsidered: outline.proxiesConsidered,
    warnings: warningsOf(outline),
  };
}

/** The digest of the plan that `planOperations` would make: without telling it field by field, so sooner. */
export function planDigest(
  view: View,
  operations: readonly Operation[],
  parts: Omit<PlanParts, 'tell'>,
): string {
  return digestOf(outlined(view, operations, parts));
}

/** As many proxies as help. */
const warnedAtMost = 20;

function warningsOf({ proxies }: Outline): readonly string[] {
  const lines = proxies.flatMap(({ proxyId, problems }) =>
    problems.map((problem) => `${proxyId}: ${problem}`),
  );
  if (lines.length <= warnedAtMost) return lines;
  return [...lines.slice(0, warnedAtMost), `and ${lines.length - warnedAtMost} more of the kind`];
}
