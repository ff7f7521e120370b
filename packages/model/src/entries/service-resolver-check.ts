import { formatDuration } from '../duration.ts';
import type { EntryKind } from './entry-kind.ts';
import { checkLoadBalancer } from './load-balancer.ts';
import { checkEntryName, checkName, checkTenancy } from './name-checks.ts';
import { inside, type Tell } from './problem.ts';
import { checkFailover, checkFailoverTarget } from './resolver-failover-check.ts';
import { checkLocality } from './resolver-policies.ts';
import {
  type ResolverRedirect,
  type ServiceResolver,
  serviceResolver,
} from './service-resolver.ts';

/** All that is known of `service-resolver`. */
export const serviceResolverKind: EntryKind<ServiceResolver> = {
  codec: serviceResolver,
  check: (entry, tell) => {
    checkEntryName(entry.name, tell);
    checkLocality(entry.prioritizeByLocality, tell);
    checkSubsets(entry, tell);
    if (entry.redirect !== undefined) checkRedirect(entry.redirect, inside(tell, 'redirect'));
    checkAllFailovers(entry, tell);
    checkTimeout('ConnectTimeout', entry.connectTimeoutMs, inside(tell, 'connectTimeout'));
    checkTimeout('RequestTimeout', entry.requestTimeoutMs, inside(tell, 'requestTimeout'));
    if (entry.loadBalancer) checkLoadBalancer(entry.loadBalancer, inside(tell, 'loadBalancer'));
  },
};

function checkSubsets({ subsets, defaultSubset }: ServiceResolver, tell: Tell): void {
  for (const name of Object.keys(subsets)) checkSubsetName(name, inside(tell, 'subsets', name));
  if (defaultSubset && !Object.hasOwn(subsets, defaultSubset)) {
    tell(['defaultSubset'], `DefaultSubset "${defaultSubset}" is not a valid subset`);
  }
}

/** A subset stands in server names: it is one label of DNS. */
function checkSubsetName(name: string, tell: Tell): void {
  if (name === '') tell([], 'Subset defined with empty name');
  else if (name.length > 63) {
    tell([], `Subset "${name}" is invalid: must be non-empty and 63 characters or fewer`);
  } else if (!/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(name)) {
    const rule =
      "must be 63 characters or fewer, begin or end with lower case alphanumeric characters, and contain lower case alphanumeric characters or '-' in between";
    tell([], `Subset "${name}" is invalid: ${rule}`);
  }
}

function checkRedirect(redirect: ResolverRedirect, tell: Tell): void {
  const { service, serviceSubset, datacenter, peer, samenessGroup } = redirect;
  if (samenessGroup) {
    tell(['samenessGroup'], 'Redirect: Setting SamenessGroup requires Consul Enterprise');
  }
  checkName(service, tell, 'service');
  checkName(datacenter, tell, 'datacenter');
  checkTenancy(redirect, tell, 'Redirect');
  if (Object.keys(redirect).length === 0) tell([], 'Redirect is empty');
  else if (peer && serviceSubset) refusePair('ServiceSubset', tell);
  else if (peer && datacenter) refusePair('Datacenter', tell);
  else if (serviceSubset && !service) {
    tell(['serviceSubset'], 'Redirect.ServiceSubset defined without Redirect.Service');
  } else if (peer && !service) tell(['peer'], 'Redirect.Peer defined without Redirect.Service');
}

function refusePair(other: string, tell: Tell): void {
  tell(['peer'], `Redirect.Peer cannot be set with Redirect.${other}`);
}

function checkAllFailovers(entry: ServiceResolver, tell: Tell): void {
  const failovers = Object.entries(entry.failover);
  if (entry.redirect !== undefined && failovers.length > 0) {
    tell(['failover'], 'Redirect and Failover cannot both be set');
  }
  for (const [subset, failover] of failovers) {
    const place = `Bad Failover["${subset}"]`;
    const at = inside(tell, 'failover', subset);
    if (subset !== '*' && !Object.hasOwn(entry.subsets, subset)) {
      at([], `${place}: not a valid subset subset`);
    }
    checkFailover(failover, entry, place, at);
    for (const [index, target] of failover.targets.entries()) {
      const where = `${place}.Targets[${index}]`;
      checkFailoverTarget(target, entry, where, inside(at, 'targets', index));
    }
  }
}

function checkTimeout(name: string, ms: number | undefined, tell: Tell): void {
  if (ms !== undefined && ms < 0) tell([], `Bad ${name} '${formatDuration(ms)}', must be >= 0`);
}
