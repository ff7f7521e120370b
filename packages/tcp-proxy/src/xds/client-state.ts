import { typeUrls } from '@chancery/envoy-api';
import type { HeldResources } from '../plan/proxy-plan.ts';
import type { ProxyResource } from '../plan/resources.ts';

/** A resource as it was accepted last. */
export interface Held {
  readonly version: string;
  readonly resource: ProxyResource;
}

/** What a client has of one type, and which names it asked for; `all` where it did not ask by name. */
export interface TypeState {
  readonly wanted: ReadonlySet<string> | 'all';
  readonly held: ReadonlyMap<string, Held>;
}

/** Everything that an xDS client has. It stays when the stream ends: the next one goes on from it. */
export type ClientState = ReadonlyMap<string, TypeState>;

const nothing: ReadonlyMap<string, Held> = new Map();
const noNames: ReadonlySet<string> = new Set();

/** A client that has nothing. The types are in the order in which they are asked for. */
export const initialState: ClientState = new Map<string, TypeState>([
  [typeUrls.cluster, { wanted: 'all', held: nothing }],
  [typeUrls.endpoints, { wanted: noNames, held: nothing }],
  [typeUrls.listener, { wanted: 'all', held: nothing }],
  [typeUrls.secret, { wanted: noNames, held: nothing }],
  [typeUrls.extensionConfig, { wanted: noNames, held: nothing }],
]);

/** The resources of one kind that are held under a type. */
export function heldOf<Kind extends ProxyResource['kind']>(
  state: ClientState,
  typeUrl: string,
  kind: Kind,
): readonly Extract<ProxyResource, { kind: Kind }>[] {
  return [...(state.get(typeUrl)?.held.values() ?? [])].flatMap(({ resource }) =>
    isOfKind(resource, kind) ? [resource] : [],
  );
}

/** What a plan is made from. */
export function heldResources(state: ClientState): HeldResources {
  const one = <Kind extends ProxyResource['kind']>(typeUrl: string, kind: Kind, name: string) => {
    const resource = state.get(typeUrl)?.held.get(name)?.resource;
    return resource !== undefined && isOfKind(resource, kind) ? resource : undefined;
  };
  return {
    listeners: heldOf(state, typeUrls.listener, 'listener'),
    cluster: (name) => one(typeUrls.cluster, 'cluster', name),
    endpoints: (name) => one(typeUrls.endpoints, 'assignment', name)?.endpoints,
    leaf: (name) => one(typeUrls.secret, 'leaf', name),
    roots: (name) => one(typeUrls.secret, 'roots', name),
    rules: (name) => one(typeUrls.extensionConfig, 'rules', name)?.rules,
  };
}

function isOfKind<Kind extends ProxyResource['kind']>(
  resource: ProxyResource,
  kind: Kind,
): resource is Extract<ProxyResource, { kind: Kind }> {
  return resource.kind === kind;
}
