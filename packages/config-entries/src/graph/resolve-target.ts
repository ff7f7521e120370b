import { type EntryOf, entryNamed } from '../config-entry.ts';
import { protocolAt } from './protocol-of.ts';
import { firstProblem, type Target, targetId, type Walk } from './walk.ts';

type ServiceResolver = EntryOf<'service-resolver'>;

/** What does not fit together where a target is resolved: on the way of its redirects, or in what it fails over to. */
export function resolveProblem(walk: Walk, start: Target): string | undefined {
  const end = redirected(walk, start);
  if (end.kind === 'problem') return end.problem;
  if (end.kind === 'elsewhere' || end.resolver === undefined) return undefined;
  const { target, resolver } = end;
  return (
    externalProblem(walk, target, resolver) ??
    subsetProblem(target, resolver) ??
    firstProblem(failoverTargets(target, resolver), (to) => failoverProblem(walk, to))
  );
}

type Redirected =
  | { readonly kind: 'problem'; readonly problem: string }
  /** A service of another cluster, of which nothing is known here. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'end'; readonly target: Target; readonly resolver?: ServiceResolver };

function redirected(walk: Walk, start: Target): Redirected {
  const way: string[] = [];
  for (let target = start; ; ) {
    const id = targetId(target);
    if (way.includes(id)) return { kind: 'problem', problem: circularRedirect([...way, id]) };
    way.push(id);
    const problem = protocolProblem(walk, target.service);
    if (problem !== undefined) return { kind: 'problem', problem };
    const resolver = entryNamed(walk.view, 'service-resolver', target.service);
    if (resolver === undefined) return missingSubset(target) ?? { kind: 'end', target };
    if (resolver.redirect?.peer !== undefined) return { kind: 'elsewhere' };
    const next = redirectedOnce(target, resolver);
    if (targetId(next) === id)
      return { kind: 'end', target: withDefault(target, resolver), resolver };
    target = next;
  }
}

function missingSubset({ service, subset }: Target): Redirected | undefined {
  return subset === undefined ? undefined : { kind: 'problem', problem: unknown(service, subset) };
}

/** A redirect to the same service keeps the subset, unless it names one. */
function redirectedOnce(target: Target, { redirect }: ServiceResolver): Target {
  if (redirect === undefined) return target;
  const { service = target.service, datacenter = target.datacenter } = redirect;
  const kept = service === target.service ? target.subset : undefined;
  const subset = redirect.serviceSubset ?? kept;
  return { service, datacenter, ...(subset !== undefined && { subset }) };
}

function withDefault(target: Target, { defaultSubset }: ServiceResolver): Target {
  if (target.subset !== undefined || defaultSubset === undefined) return target;
  return { ...target, subset: defaultSubset };
}

/** What is reached first decides which protocol all must speak. */
export function protocolProblem(walk: Walk, service: string): string | undefined {
  const protocol = protocolAt(walk.view, service);
  walk.protocol ??= protocol;
  if (walk.protocol === protocol) return undefined;
  return `discovery chain "${walk.chain}" uses inconsistent protocols; service "${service}" has "${protocol}" which is not "${walk.protocol}"`;
}

function subsetProblem({ service, subset }: Target, resolver: ServiceResolver): string | undefined {
  if (subset === undefined || Object.hasOwn(resolver.subsets, subset)) return undefined;
  return unknown(service, subset);
}

function unknown(service: string, subset: string): string {
  return `service "${service}" does not have a subset named "${subset}"`;
}

/** What is outside the mesh has one address: there is nothing to choose from. */
function externalProblem(
  { view }: Walk,
  { service }: Target,
  { redirect, subsets, failover }: ServiceResolver,
): string | undefined {
  if (!entryNamed(view, 'service-defaults', service)?.externalSni) return undefined;
  const [first] = [
    ...(redirect === undefined ? [] : ['redirects']),
    ...(Object.keys(subsets).length === 0 ? [] : ['subsets']),
    ...(Object.keys(failover).length === 0 ? [] : ['failover']),
  ];
  if (first === undefined) return undefined;
  return `service "${service}" has an external SNI set; cannot define ${first} for external services`;
}

/** Where a target fails over to; what is of another cluster is left out. */
function failoverTargets(target: Target, { failover }: ServiceResolver): readonly Target[] {
  const section = failover[target.subset ?? '*'] ?? failover['*'];
  if (section === undefined) return [];
  const { targets, datacenters, ...whole } = section;
  const named =
    targets.length > 0
      ? targets.filter(({ peer }) => peer === undefined)
      : (datacenters.length > 0 ? datacenters : [target.datacenter]).map((datacenter) => ({
          ...whole,
          datacenter,
        }));
  return named.map(({ service, serviceSubset, datacenter }) =>
    failoverTarget(target, service, serviceSubset, datacenter),
  );
}

function failoverTarget(
  from: Target,
  service: string = from.service,
  serviceSubset: string | undefined,
  datacenter: string = from.datacenter,
): Target {
  const kept = service === from.service ? from.subset : undefined;
  const subset = serviceSubset ?? kept;
  return { service, datacenter, ...(subset !== undefined && { subset }) };
}

/** What is failed over to is redirected like any target, but its own failover does not count. */
function failoverProblem(walk: Walk, to: Target): string | undefined {
  const end = redirected(walk, to);
  if (end.kind === 'problem') return end.problem;
  if (end.kind === 'elsewhere' || end.resolver === undefined) return undefined;
  return subsetProblem(end.target, end.resolver);
}

function circularRedirect(way: readonly string[]): string {
  return `detected circular resolver redirect: [${way.join(' -> ')}]`;
}
