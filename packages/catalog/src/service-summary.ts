import { serviceKey, serviceRef } from '@chancery/identity';
import type { CheckStatus } from '@chancery/model';
import type { View } from '@chancery/store';
import { checks } from './check.ts';
import { stateOf, worse } from './check-state.ts';
import { type Instance, instances } from './instance.ts';
import { compareText, subjectKey } from './keys.ts';

/** A service: how its instances are, and what stands before them. Sidecars count as those of their service. */
export interface ServiceSummary {
  readonly name: string;
  readonly instances: number;
  readonly passing: number;
  readonly warning: number;
  readonly critical: number;
  readonly sidecars: number;
  /** Of any instance, in order. */
  readonly tags: readonly string[];
  /** The services that its sidecars declare as upstreams, in order. */
  readonly upstreams: readonly string[];
}

/** The name of the service that an instance counts for: a sidecar's is the one that it fronts. */
export function summarisedName({ service }: Instance): string {
  return service.proxy?.destinationServiceName ?? service.name;
}

/** The summary of one service; none where nothing is registered for it. */
export function summariseService(view: View, name: string): ServiceSummary | undefined {
  const key = serviceKey(serviceRef(name));
  const own = view.by(instances, 'service', key);
  const fronting = view.by(instances, 'destination', key);
  const counted = [...new Set([...own, ...fronting])].filter(
    (each) => summarisedName(each) === name,
  );
  if (counted.length === 0) return undefined;
  const statuses = new Map<string, CheckStatus>();
  return summary(name, counted, (subject) => {
    const known = statuses.get(subject) ?? statusOf(view, subject);
    statuses.set(subject, known);
    return known;
  });
}

/** The summaries of all services by name, in one pass: far less than one by one. */
export function summariseServices(view: View): ReadonlyMap<string, ServiceSummary> {
  const all = view.all(instances);
  const statuses = worstStatuses(view, new Set(all.filter(isSidecar).map(ownSubject)));
  const named = Map.groupBy(all, summarisedName);
  const statusAt = (subject: string): CheckStatus => statuses.get(subject) ?? 'passing';
  return new Map([...named].map(([name, counted]) => [name, summary(name, counted, statusAt)]));
}

function summary(
  name: string,
  counted: readonly Instance[],
  statusAt: (subject: string) => CheckStatus,
): ServiceSummary {
  const statuses = { passing: 0, warning: 0, critical: 0 };
  const tags: string[] = [];
  const upstreams: string[] = [];
  let sidecars = 0;
  for (const instance of counted) {
    const { proxy } = instance.service;
    if (proxy === undefined) {
      const ofNode = statusAt(subjectKey(instance.node, ''));
      statuses[worse(statusAt(ownSubject(instance)), ofNode)] += 1;
      tags.push(...instance.service.tags);
    } else {
      sidecars += 1;
      for (const { destinationName } of proxy.upstreams) upstreams.push(destinationName);
    }
  }
  return {
    name,
    instances: counted.length - sidecars,
    ...statuses,
    sidecars,
    tags: inOrder(tags),
    upstreams: inOrder(upstreams),
  };
}

function isSidecar({ service }: Instance): boolean {
  return service.proxy !== undefined;
}

function ownSubject({ node, service }: Instance): string {
  return subjectKey(node, service.id);
}

/** What is wrong with whom: who is not in it passes. */
function worstStatuses(view: View, left: ReadonlySet<string>): ReadonlyMap<string, CheckStatus> {
  const statuses = new Map<string, CheckStatus>();
  for (const check of view.all(checks)) {
    const subject = subjectKey(check.node, check.serviceId);
    if (left.has(subject)) continue;
    const { status } = stateOf(view, check);
    if (status === 'passing') continue;
    statuses.set(subject, worse(status, statuses.get(subject) ?? 'passing'));
  }
  return statuses;
}

function statusOf(view: View, subject: string): CheckStatus {
  return view
    .by(checks, 'subject', subject)
    .map((check) => stateOf(view, check).status)
    .reduce(worse, 'passing');
}

function inOrder(names: readonly string[]): readonly string[] {
  return names.length < 2 ? names : [...new Set(names)].sort(compareText);
}
