import { configEntryKey, type EntryOf, entryNamed } from '../config-entry.ts';
import { type Contradiction, contradiction, firstContradiction } from './contradiction.ts';
import { protocolAt, protocolSource } from './protocol-of.ts';
import { sentBy, type Target, targetId, type Walk } from './walk.ts';

type ServiceResolver = EntryOf<'service-resolver'>;

/** What does not fit together where a target is resolved: on the way of its redirects, or in what it fails over to. */
export function resolveProblem(walk: Walk, start: Target): Contradiction | undefined {
  const end = redirected(walk, start);
  if (end.kind === 'problem') return end.problem;
  if (end.kind === 'elsewhere' || end.resolver === undefined) return undefined;
  const { target, resolver } = end;
  walk.passed.add(resolverKey(target.service));
  return (
    externalProblem(walk, target, resolver) ??
    subsetProblem(walk, target, resolver) ??
    firstContradiction(failoverTargets(target, resolver), (to) => failoverProblem(walk, to))
  );
}

type Redirected =
  | { readonly kind: 'problem'; readonly problem: Contradiction }
  /** A service of another cluster, of which nothing is known here. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'end'; readonly target: Target; readonly resolver?: ServiceResolver };

function redirected(walk: Walk, start: Target): Redirected {
  const way = new Map<string, string>();
  for (let target = start; ; ) {
    const id = targetId(target);
    if (way.has(id)) return { kind: 'problem', problem: circularRedirect(way, id) };
    way.set(id, target.service);
    const problem = protocolProblem(walk, target.service);
    if (problem !== undefined) return { kind: 'problem', problem };
    const resolver = entryNamed(walk.view, 'service-resolver', target.service);
    if (resolver === undefined) return missingSubset(walk, target) ?? { kind: 'end', target };
    if (resolver.redirect?.peer !== undefined) return { kind: 'elsewhere' };
    const next = redirectedOnce(target, resolver);
    if (targetId(next) === id)
      return { kind: 'end', target: withDefault(target, resolver), resolver };
    walk.passed.add(resolverKey(target.service));
    target = next;
  }
}

function missingSubset(walk: Walk, { service, subset }: Target): Redirected | undefined {
  if (subset === undefined) return undefined;
  return { kind: 'problem', problem: unknown(walk, service, subset) };
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
export function protocolProblem(walk: Walk, service: string): Contradiction | undefined {
  const { view } = walk;
  const name = protocolAt(view, service);
  walk.protocol ??= { name, of: service };
  if (walk.protocol.name === name) return undefined;
  const words = `discovery chain "${walk.chain}" uses inconsistent protocols; service "${service}" has "${name}" which is not "${walk.protocol.name}"`;
  const sources = [service, walk.protocol.of].map((each) => protocolSource(view, each));
  return contradiction(words, ...sources, ...sentBy(walk, service));
}

function subsetProblem(
  walk: Walk,
  { service, subset }: Target,
  resolver: ServiceResolver,
): Contradiction | undefined {
  if (subset === undefined || Object.hasOwn(resolver.subsets, subset)) return undefined;
  return unknown(walk, service, subset);
}

function unknown(walk: Walk, service: string, subset: string): Contradiction {
  const words = `service "${service}" does not have a subset named "${subset}"`;
  return contradiction(words, resolverKey(service), ...sentBy(walk, service));
}

function resolverKey(service: string): string {
  return configEntryKey('service-resolver', service);
}

/** What is outside the mesh has one address: there is nothing to choose from. */
function externalProblem(
  { view }: Walk,
  { service }: Target,
  { redirect, subsets, failover }: ServiceResolver,
): Contradiction | undefined {
  if (!entryNamed(view, 'service-defaults', service)?.externalSni) return undefined;
  const [first] = [
    ...(redirect === undefined ? [] : ['redirects']),
    ...(Object.keys(subsets).length === 0 ? [] : ['subsets']),
    ...(Object.keys(failover).length === 0 ? [] : ['failover']),
  ];
  if (first === undefined) return undefined;
  const words = `service "${service}" has an external SNI set; cannot define ${first} for external services`;
  return contradiction(words, resolverKey(service), configEntryKey('service-defaults', service));
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
function failoverProblem(walk: Walk, to: Target): Contradiction | undefined {
  const end = redirected(walk, to);
  if (end.kind === 'problem') return end.problem;
  if (end.kind === 'elsewhere' || end.resolver === undefined) return undefined;
  return subsetProblem(walk, end.target, end.resolver);
}

/** `way`: the services by the IDs of the targets, in order. */
function circularRedirect(way: ReadonlyMap<string, string>, again: string): Contradiction {
  const words = `detected circular resolver redirect: [${[...way.keys(), again].join(' -> ')}]`;
  return contradiction(words, ...[...way.values()].map(resolverKey));
}
