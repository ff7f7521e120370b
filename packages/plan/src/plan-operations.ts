import type { Operation, View } from '@chancery/store';
import { tellingSteps } from './declared/declared-change.ts';
import { digestOf } from './digest.ts';
import { type Outline, outlineSteps } from './outline.ts';
import type { Plan, ProxyChange } from './plan.ts';
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
  return resultOf(planSteps(view, operations, parts));
}

/**
 * The same in steps of less than a few milliseconds each, for who has other things to do. The first one reads
 * all that is read of the view, and takes longer in a large mesh; the state may move on after it.
 */
export function* planSteps(
  view: View,
  operations: readonly Operation[],
  parts: PlanParts,
): Generator<undefined, Plan> {
  const outline = yield* outlineSteps(view, operations, parts);
  const described = createDescription();
  const proxies: ProxyChange[] = [];
  for (const { proxyId, service, resources } of outline.proxies) {
    if (resources.length === 0) continue;
    const connected = parts.isConnected(proxyId);
    proxies.push({ proxyId, service, connected, resources: resources.map(described) });
    yield;
  }
  const digest = yield* digestOf(outline);
  return {
    revision: outline.revision,
    digest,
    changes: yield* tellingSteps(outline.changes, parts.tell),
    flips: outline.flips,
    proxies,
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
  return resultOf(digestSteps(view, operations, parts));
}

/** The same in steps, as `planSteps` takes them. */
export function* digestSteps(
  view: View,
  operations: readonly Operation[],
  parts: Omit<PlanParts, 'tell'>,
): Generator<undefined, string> {
  return yield* digestOf(yield* outlineSteps(view, operations, parts));
}

function resultOf<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
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
