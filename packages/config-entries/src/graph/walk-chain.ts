import type { View } from '@chancery/store';
import { entryNamed } from '../config-entry.ts';
import { hasRequests, protocolAt } from './protocol-of.ts';
import { protocolProblem, resolveProblem } from './resolve-target.ts';
import { firstProblem, type Target, type Walk } from './walk.ts';

/** What becomes of traffic to a service: the protocol it is carried in, or why that cannot be told. */
export type WalkedChain =
  | { readonly ok: true; readonly protocol: string }
  | { readonly ok: false; readonly problem: string };

/**
 * Follows all that router, splitter and resolver entries make of traffic to a service, and tells the
 * first thing that does not fit together, in Consul's words.
 */
export function walkChain(view: View, chain: string, datacenter: string): WalkedChain {
  const walk: Walk = { view, chain, datacenter, protocol: undefined, walked: new Set() };
  const problem = startProblem(walk);
  if (problem !== undefined) return { ok: false, problem };
  const protocol = walk.protocol ?? protocolAt(view, chain);
  if (hasRequests(protocol) || !needsRequests(view, chain)) return { ok: true, protocol };
  return {
    ok: false,
    problem: `discovery chain "${chain}" uses a protocol "${protocol}" that does not permit advanced routing or splitting behavior`,
  };
}

/** Whether a chain begins with what only requests can be subject to. */
function needsRequests(view: View, chain: string): boolean {
  return (
    entryNamed(view, 'service-router', chain) !== undefined ||
    entryNamed(view, 'service-splitter', chain) !== undefined
  );
}

/** Each route of the router, then the way of requests that no route matches. */
function startProblem(walk: Walk): string | undefined {
  const own = target(walk, walk.chain, undefined);
  const router = entryNamed(walk.view, 'service-router', walk.chain);
  if (router === undefined) return onwardProblem(walk, own, []);
  const routed = router.routes.map(({ destination: to }) =>
    target(walk, to?.service ?? walk.chain, to?.serviceSubset),
  );
  // Whoever routes requests speaks their protocol, wherever they go.
  return (
    protocolProblem(walk, walk.chain) ??
    firstProblem([...routed, own], (to) => onwardProblem(walk, to, []))
  );
}

/** `splitters` are those on the way here. A subset is resolved, never split. */
function onwardProblem(walk: Walk, to: Target, splitters: readonly string[]): string | undefined {
  const splitter = entryNamed(walk.view, 'service-splitter', to.service);
  if (splitter === undefined || to.subset !== undefined) return resolveProblem(walk, to);
  const loop = splitters.indexOf(to.service);
  if (loop !== -1) return circularSplit([...splitters.slice(loop), to.service]);
  if (walk.walked.has(to.service)) return undefined;
  const problem = firstProblem(splitter.splits, ({ service = to.service, serviceSubset }) => {
    const part = target(walk, service, serviceSubset);
    // What a splitter leaves with its own service is not split again.
    if (service === to.service) return resolveProblem(walk, part);
    return onwardProblem(walk, part, [...splitters, to.service]);
  });
  walk.walked.add(to.service);
  return problem;
}

function target({ datacenter }: Walk, service: string, subset: string | undefined): Target {
  return { service, datacenter, ...(subset !== undefined && { subset }) };
}

function circularSplit(services: readonly string[]): string {
  const nodes = services.map((service) => `splitter:${service}.default.default`);
  return `detected circular reference: [${nodes.join(' -> ')}]`;
}
