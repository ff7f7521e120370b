import type { View } from '@chancery/store';
import { configEntryKey, entryNamed } from '../config-entry.ts';
import { type Contradiction, contradiction, firstContradiction } from './contradiction.ts';
import { hasRequests, protocolAt, protocolSource } from './protocol-of.ts';
import { protocolProblem, resolveProblem } from './resolve-target.ts';
import type { Target, Walk } from './walk.ts';

/** What becomes of traffic to a service: the protocol it is carried in, or why that cannot be told. */
export type WalkedChain =
  | {
      readonly ok: true;
      readonly protocol: string;
      /** The key of the entry that says so, or that could. */
      readonly source: string;
    }
  | { readonly ok: false; readonly problem: Contradiction };

/**
 * Follows all that router, splitter and resolver entries make of traffic to a service, and tells the
 * first thing that does not fit together, in Consul's words.
 */
export function walkChain(view: View, chain: string, datacenter: string): WalkedChain {
  const walk: Walk = {
    view,
    chain,
    datacenter,
    protocol: undefined,
    passed: new Set(),
    walked: new Set(),
  };
  const problem = startProblem(walk);
  if (problem !== undefined) return { ok: false, problem };
  const protocol = walk.protocol?.name ?? protocolAt(view, chain);
  const source = protocolSource(view, walk.protocol?.of ?? chain);
  const demanding = needsRequests(view, chain);
  if (hasRequests(protocol) || demanding.length === 0) return { ok: true, protocol, source };
  const words = `discovery chain "${chain}" uses a protocol "${protocol}" that does not permit advanced routing or splitting behavior`;
  return { ok: false, problem: contradiction(words, ...demanding, source) };
}

/** The keys of the entries at the beginning of a chain that only requests can be subject to. */
function needsRequests(view: View, chain: string): readonly string[] {
  return (['service-router', 'service-splitter'] as const)
    .filter((kind) => entryNamed(view, kind, chain) !== undefined)
    .map((kind) => configEntryKey(kind, chain));
}

/** Each route of the router, then the way of requests that no route matches. */
function startProblem(walk: Walk): Contradiction | undefined {
  const own = target(walk, walk.chain, undefined);
  const router = entryNamed(walk.view, 'service-router', walk.chain);
  if (router === undefined) return onwardProblem(walk, own, []);
  walk.passed.add(configEntryKey('service-router', walk.chain));
  const routed = router.routes.map(({ destination: to }) =>
    target(walk, to?.service ?? walk.chain, to?.serviceSubset),
  );
  // Whoever routes requests speaks their protocol, wherever they go.
  return (
    protocolProblem(walk, walk.chain) ??
    firstContradiction([...routed, own], (to) => onwardProblem(walk, to, []))
  );
}

/** `splitters` are those on the way here. A subset is resolved, never split. */
function onwardProblem(
  walk: Walk,
  to: Target,
  splitters: readonly string[],
): Contradiction | undefined {
  const splitter = entryNamed(walk.view, 'service-splitter', to.service);
  if (splitter === undefined || to.subset !== undefined) return resolveProblem(walk, to);
  const loop = splitters.indexOf(to.service);
  if (loop !== -1) return circularSplit([...splitters.slice(loop), to.service]);
  if (walk.walked.has(to.service)) return undefined;
  walk.passed.add(configEntryKey('service-splitter', to.service));
  const problem = firstContradiction(splitter.splits, ({ service = to.service, serviceSubset }) => {
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

function circularSplit(services: readonly string[]): Contradiction {
  const nodes = services.map((service) => `splitter:${service}.default.default`);
  const words = `detected circular reference: [${nodes.join(' -> ')}]`;
  const splitters = services.map((service) => configEntryKey('service-splitter', service));
  return contradiction(words, ...splitters);
}
