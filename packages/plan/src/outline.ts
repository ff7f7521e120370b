import type { ProxySnapshot } from '@chancery/snapshot';
import { type Change, type Operation, planned, type View } from '@chancery/store';
import type { Resource } from '@chancery/xds-translator';
import { compareText } from './compare-text.ts';
import { byPlace } from './declared/declared-change.ts';
import { changedDestinations } from './flips/changed-destinations.ts';
import { flipsTo } from './flips/flips.ts';
import type { Flip } from './plan.ts';
import type { PlanParts } from './plan-parts.ts';
import { changedResources, type ResourcePair } from './resources/resource-changes.ts';

/** What would change for one proxy. */
export interface OutlinedProxy {
  readonly proxyId: string;
  readonly service: string;
  readonly resources: readonly ResourcePair[];
  /** What could not be translated as declared, and could before. */
  readonly problems: readonly string[];
}

/** What a change would do, before it is told field by field. */
export interface Outline {
  readonly revision: number;
  readonly changes: readonly Change[];
  readonly flips: readonly Flip[];
  readonly proxies: readonly OutlinedProxy[];
  readonly proxiesConsidered: number;
}

/**
 * Looks what operations on a state would do. Snapshots of which no part would change are the same object in
 * both states, so that nothing but the affected proxies is compiled, and of these only the affected parts.
 *
 * It looks for the affected proxies before it first yields, and then yields once for each destination whose
 * intentions change and each proxy that it has compiled: whoever takes the steps may do something else in between.
 */
export function* outlineSteps(
  view: View,
  operations: readonly Operation[],
  parts: Omit<PlanParts, 'tell'>,
): Generator<undefined, Outline> {
  const { view: after, changes } = planned(view, operations);
  const proxyIds = new Set([...parts.proxies(view), ...parts.proxies(after)]);
  const destinations = changedDestinations(changes, view, after);
  const affected = changes.length === 0 ? [] : affectedProxies(proxyIds, view, after, parts);
  const flips = yield* flipsTo(destinations, view, after, parts.defaultAction);
  const proxies: OutlinedProxy[] = [];
  for (const each of affected) {
    yield;
    const outlined = outlinedProxy(each, parts);
    if (outlined.resources.length > 0 || outlined.problems.length > 0) proxies.push(outlined);
  }
  return {
    revision: view.revision,
    changes: changes.toSorted(byPlace),
    flips,
    proxies,
    proxiesConsidered: proxyIds.size,
  };
}

interface AffectedProxy {
  readonly proxyId: string;
  readonly was: ProxySnapshot | undefined;
  readonly is: ProxySnapshot | undefined;
}

function affectedProxies(
  proxyIds: ReadonlySet<string>,
  before: View,
  after: View,
  { proxySnapshot }: Pick<PlanParts, 'proxySnapshot'>,
): readonly AffectedProxy[] {
  const found: AffectedProxy[] = [];
  for (const proxyId of proxyIds) {
    const [was, is] = [before.query(proxySnapshot, proxyId), after.query(proxySnapshot, proxyId)];
    if (was !== is) found.push({ proxyId, was, is });
  }
  return found.sort((a, b) => compareText(a.proxyId, b.proxyId));
}

function outlinedProxy(
  { proxyId, was, is }: AffectedProxy,
  { compile }: Pick<PlanParts, 'compile'>,
): OutlinedProxy {
  const [old, next] = [compiled(was, compile), compiled(is, compile)];
  return {
    proxyId,
    service: (is ?? was)?.service.name ?? '',
    resources: changedResources(old.resources, next.resources),
    problems: next.problems.filter((problem) => !old.problems.includes(problem)),
  };
}

function compiled(
  snapshot: ProxySnapshot | undefined,
  compile: PlanParts['compile'],
): { readonly resources: readonly Resource[]; readonly problems: readonly string[] } {
  if (snapshot === undefined) return { resources: [], problems: [] };
  const { resources, diagnostics } = compile(snapshot);
  return { resources, problems: diagnostics.map(({ message }) => message) };
}
