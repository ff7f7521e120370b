import { instances } from '@chancery/catalog';
import { protocolOf, rulesTo } from '@chancery/config-entries';
import { decide, type IntentionAction, type Verdict, WILDCARD } from '@chancery/intentions';
import { defineQuery, type Query, type View } from '@chancery/store';
import { serviceParts } from './service-parts.ts';
import { type ServiceSummary, serviceSummary } from './service-summary.ts';

/** Why a service is a neighbour of another. */
export type NeighbourSource =
  | 'proxy-registration'
  | 'specific-intention'
  | 'wildcard-intention'
  | 'default-allow';

/** A service that another connects to, or is connected to by. */
export interface Neighbour {
  readonly summary: ServiceSummary;
  readonly source: NeighbourSource;
  /** What decides about connections between the two. */
  readonly verdict: Verdict;
}

/** A service among those that it has to do with. */
export interface Topology {
  readonly protocol: string;
  readonly upstreams: readonly Neighbour[];
  readonly downstreams: readonly Neighbour[];
  readonly defaultAction: IntentionAction;
}

const queries: Readonly<Record<IntentionAction, Query<string, Topology>>> = {
  allow: topologyQuery('allow'),
  deny: topologyQuery('deny'),
};

/** The neighbours of a service, by its name, where `defaultAction` meets those of whom no intention speaks. */
export function topologyOf(defaultAction: IntentionAction): Query<string, Topology> {
  return queries[defaultAction];
}

function topologyQuery(defaultAction: IntentionAction): Query<string, Topology> {
  return defineQuery<string, Topology>({
    name: `httpApi.topology.${defaultAction}`,
    evaluate: (view, name) => topology(new Mesh(view, defaultAction), name),
  });
}

function topology(mesh: Mesh, name: string): Topology {
  const others = mesh.names.filter((other) => other !== name);
  return {
    protocol: mesh.view.query(protocolOf, name),
    upstreams: others.flatMap((other) => mesh.link(name, other, { isUpstream: true })),
    downstreams: others.flatMap((other) => mesh.link(name, other, { isUpstream: false })),
    defaultAction: mesh.defaultAction,
  };
}

/** The services of a state and what connects them. */
class Mesh {
  readonly view: View;
  readonly defaultAction: IntentionAction;
  /** Every name that an instance has or a proxy stands before, but for proxies themselves and Consul's servers. */
  readonly names: readonly string[];
  /** By the name of a service, the names that its proxies were registered to connect to. */
  readonly #registered = new Map<string, Set<string>>();
  /** Names of which an instance speaks mTLS by itself. */
  readonly #native = new Set<string>();

  constructor(view: View, defaultAction: IntentionAction) {
    this.view = view;
    this.defaultAction = defaultAction;
    const names = new Set<string>();
    for (const { service } of view.all(instances)) {
      const { proxy } = service;
      names.add(proxy?.destinationServiceName ?? service.name);
      if (service.connectNative) this.#native.add(service.name);
      if (proxy !== undefined) this.#register(proxy.destinationServiceName, proxy.upstreams);
    }
    names.delete('consul');
    this.names = [...names].sort();
  }

  /**
   * The other service as a neighbour, if it is one: by registration, or because intentions let the
   * two connect and the one that would dial takes its own way there, without an upstream.
   */
  link(
    name: string,
    other: string,
    { isUpstream }: { readonly isUpstream: boolean },
  ): readonly Neighbour[] {
    const [dials, dialled] = isUpstream ? [name, other] : [other, name];
    const isRegistered = this.#registered.get(dials)?.has(dialled) ?? false;
    if (!isRegistered && !this.#native.has(dials)) return [];
    const verdict = this.#verdict(dials, dialled);
    if (!isRegistered && !mayMeet(verdict)) return [];
    const source = isRegistered ? 'proxy-registration' : sourceOf(verdict, this.defaultAction);
    return [{ summary: serviceSummary(serviceParts(this.view, other)), source, verdict }];
  }

  #verdict(source: string, destination: string): Verdict {
    return decide(this.view.query(rulesTo(this.defaultAction), destination), source);
  }

  #register(name: string, upstreams: readonly { readonly destinationName: string }[]): void {
    const registered = this.#registered.get(name) ?? new Set();
    this.#registered.set(name, registered);
    for (const { destinationName } of upstreams) registered.add(destinationName);
  }
}

/** Permissions let some requests through. */
function mayMeet(verdict: Verdict): boolean {
  return verdict.allowed || hasPermissions(verdict);
}

/** Whether requests, and not connections, are what is decided about. */
export function hasPermissions({ reason }: Verdict): boolean {
  return reason.kind === 'rule' && reason.rule.intention.permissions !== undefined;
}

/** Whether an intention about exactly this pair decides. */
export function isExact({ reason }: Verdict): boolean {
  if (reason.kind === 'default') return false;
  const { source, destination } = reason.rule.intention;
  return source !== WILDCARD && destination !== WILDCARD;
}

function sourceOf(verdict: Verdict, defaultAction: IntentionAction): NeighbourSource {
  if (isExact(verdict)) return 'specific-intention';
  return defaultAction === 'allow' ? 'default-allow' : 'wildcard-intention';
}
