import { checkName, checkTenancy } from './name-checks.ts';
import type { Tell } from './problem.ts';
import type {
  ResolverFailover,
  ResolverFailoverTarget,
  ServiceResolver,
} from './service-resolver.ts';

/** Refuses a failover that names nothing, names too much, or a subset that there is not. */
export function checkFailover(
  failover: ResolverFailover,
  entry: ServiceResolver,
  place: string,
  tell: Tell,
): void {
  const { service, serviceSubset, namespace, datacenters, targets, policy } = failover;
  if (failover.samenessGroup) {
    tell(['samenessGroup'], `${place}: Setting SamenessGroup requires Consul Enterprise`);
  } else if (policy?.mode || policy?.regions.length) {
    tell(['policy'], `${place}: Setting failover policies requires Consul Enterprise`);
  } else if (!(service || serviceSubset || namespace || datacenters.length || targets.length)) {
    const needed = 'Service, ServiceSubset, Namespace, Targets, SamenessGroup, or Datacenters';
    tell([], `${place}: one of ${needed} is required`);
  }
  checkName(service, tell, 'service');
  checkTenancy(failover, tell, place);
  checkSubset({ service, serviceSubset, shown: service ?? '' }, entry, place, tell);
  checkAlternatives(failover, place, tell);
  for (const [index, datacenter] of datacenters.entries()) {
    if (!datacenter) tell(['datacenters', index], `${place}.Datacenters: found empty datacenter`);
    checkName(datacenter, tell, 'datacenters', index);
  }
}

/** Targets say all that the other members would. */
function checkAlternatives(failover: ResolverFailover, place: string, tell: Tell): void {
  if (failover.targets.length === 0) return;
  const others = {
    Service: failover.service,
    ServiceSubset: failover.serviceSubset,
    Namespace: failover.namespace,
    Datacenters: failover.datacenters.length,
  };
  for (const [name, value] of Object.entries(others)) {
    if (value) tell(['targets'], `${place}: Targets cannot be set with ${name}`);
  }
}

/** Refuses a target that is both of another cluster and a part of this one. */
export function checkFailoverTarget(
  target: ResolverFailoverTarget,
  entry: ServiceResolver,
  place: string,
  tell: Tell,
): void {
  const { service, serviceSubset, peer, datacenter } = target;
  checkName(service, tell, 'service');
  checkName(datacenter, tell, 'datacenter');
  checkTenancy(target, tell, place);
  if (peer && serviceSubset) tell(['peer'], `${place}: Peer cannot be set with ServiceSubset`);
  else if (peer && datacenter) tell(['peer'], `${place}: Peer cannot be set with Datacenter`);
  else checkSubset({ service, serviceSubset, shown: service || entry.name }, entry, place, tell);
}

/** Only the subsets of the service itself are known here. */
function checkSubset(
  { service, serviceSubset, shown }: SubsetReference,
  entry: ServiceResolver,
  place: string,
  tell: Tell,
): void {
  if (!serviceSubset || (service && service !== entry.name)) return;
  if (Object.hasOwn(entry.subsets, serviceSubset)) return;
  const words = `${place}: ServiceSubset "${serviceSubset}" is not a valid subset of "${shown}"`;
  tell(['serviceSubset'], words);
}

interface SubsetReference {
  readonly service: string | undefined;
  readonly serviceSubset: string | undefined;
  /** How Consul names the service. */
  readonly shown: string;
}
