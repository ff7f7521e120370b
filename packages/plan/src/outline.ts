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
 */
export function outlined(
  view: View,
  operations: readonly Operation[],
  parts: Omit<PlanParts, 'tell'>,
): Outline {
  const { view: after, changes } = planned(view, operations);
  const proxyIds = new Set([...parts.proxies(view), ...parts.proxies(after)]);
  const destinations = changedDestinations(changes, view, after);
  return {
    revision: view.revision,
    changes: changes.toSorted(byPlace),
    flips: flipsTo(destinations, view, after, parts.defaultAction),
    proxies: changes.length === 0 ? [] : outlinedProxies(proxyIds, view, after, parts),
    proxiesConsidered: proxyIds.size,
  };
}

function outlinedProxies(
  proxyIds: ReadonlySet<string>,
  before: View,
  after: View,
  { proxySnapshot, compile }: Pick<PlanParts, 'proxySnapshot' | 'compile'>,
): readonly OutlinedProxy[] {
  const found: OutlinedProxy[] = [];
  for (const proxyId of proxyIds) {
    const [was, is] = [before.query(proxySnapshot, proxyId), after.query(proxySnapshot, proxyId)];
    if (was === is) continue;
    const [old, next] = [compiled(was, compile), compiled(is, compile)];
    const resources = changedResources(old.resources, next.resources);
    const problems = next.problems.filter((problem) => !old.problems.includes(problem));
    if (resources.length === 0 && problems.length === 0) continue;
    const service = (is ?? was)?.service.name ?? '';
    found.push({ proxyId, service, resources, problems });
  }
  return found.sort((a, b) => compareText(a.proxyId, b.proxyId));
}

function compiled(
  snapshot: ProxySnapshot | undefined,
  compile: PlanParts['compile'],
): { readonly resources: readonly Resource[]; readonly problems: readonly string[] } {
  if (snapshot === undefined) return { resources: [], problems: [] };
  const { resources, diagnostics } = compile(snapshot);
  return { resources, problems: diagnostics.map(({ message }) => message) };
}
