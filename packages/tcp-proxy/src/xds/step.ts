import { typeUrls } from '@chancery/envoy-api';
import { namedResources } from '../plan/named-resources.ts';
import type { ReadResource } from '../resources/read-resource.ts';
import type { Problem } from '../resources/reading.ts';
import { type ClientState, type Held, heldOf, type TypeState } from './client-state.ts';

/** What a client says on a delta stream. */
export interface DeltaRequest {
  readonly typeUrl: string;
  readonly subscribe: readonly string[];
  readonly unsubscribe: readonly string[];
  /** What the client has already; only in the first request of a type. */
  readonly initialVersions: ReadonlyMap<string, string>;
  /** The response that is answered; empty where none is. */
  readonly nonce: string;
  /** Why resources of the response were not taken. */
  readonly error: string | undefined;
}

/** What a server says on a delta stream. */
export interface DeltaResponse {
  readonly typeUrl: string;
  readonly nonce: string;
  readonly resources: readonly DeltaResource[];
  readonly removed: readonly string[];
}

/** One resource of a response. */
export interface DeltaResource {
  readonly name: string;
  readonly version: string;
  readonly typeUrl: string;
  readonly body: Uint8Array;
}

/** Reads a resource; may also look at what cannot be told from its form, such as whether a key is one. */
export type ReadBody = (typeUrl: string, name: string, body: Uint8Array) => ReadResource;

/** What a response leads to. */
export interface Step {
  readonly state: ClientState;
  readonly requests: readonly DeltaRequest[];
}

/** What a client says first on a new stream: what it wants, and what of it it has. */
export function openingRequests(state: ClientState): readonly DeltaRequest[] {
  return [...state].flatMap(([typeUrl, { wanted, held }]) => {
    if (wanted !== 'all' && wanted.size === 0) return [];
    const initialVersions = new Map([...held].map(([name, { version }]) => [name, version]));
    const subscribe = wanted === 'all' ? [] : [...wanted];
    return [request({ typeUrl, subscribe, initialVersions })];
  });
}

/**
 * Takes a response in: what is understood takes the place of what was there, what is not is rejected by name
 * and changes nothing. Then asks for what is named now, and gives up what is not any more.
 */
export function step(state: ClientState, response: DeltaResponse, read: ReadBody): Step {
  const { typeUrl, nonce } = response;
  const type = state.get(typeUrl);
  if (type === undefined) {
    const error = `${typeUrl} was not asked for`;
    return { state, requests: [request({ typeUrl, nonce, error })] };
  }
  const { held, error } = taken(type, response, read);
  const answer = request({ typeUrl, nonce, ...(error !== '' && { error }) });
  const next = new Map(state).set(typeUrl, { ...type, held });
  const asked = subscribed(next);
  return { state: asked.state, requests: [answer, ...asked.requests] };
}

function request(part: Pick<DeltaRequest, 'typeUrl'> & Partial<DeltaRequest>): DeltaRequest {
  return {
    ...{ subscribe: [], unsubscribe: [], initialVersions: new Map(), nonce: '', error: undefined },
    ...part,
  };
}

function taken(
  type: TypeState,
  response: DeltaResponse,
  read: ReadBody,
): { readonly held: TypeState['held']; readonly error: string } {
  const held = new Map<string, Held>(type.held);
  const errors: string[] = [];
  for (const { name, version, typeUrl, body } of response.resources) {
    const result = typeUrl === response.typeUrl ? read(typeUrl, name, body) : mistyped(typeUrl);
    if (!result.ok) errors.push(`${name}: ${described(result.problems)}`);
    // The answer to a name that was given up meanwhile.
    else if (isWanted(type, name)) held.set(name, { version, resource: result.resource });
  }
  for (const name of response.removed) held.delete(name);
  return { held, error: errors.join('\n') };
}

function mistyped(typeUrl: string): ReadResource {
  const message = `is of type ${JSON.stringify(typeUrl)}`;
  return { ok: false, problems: [{ path: '$', message }] };
}

/** How many problems of one resource are told: the first ones show what it is about. */
const TOLD_PROBLEMS = 5;

function described(problems: readonly Problem[]): string {
  const told = problems.slice(0, TOLD_PROBLEMS).map(({ path, message }) => `${path} ${message}`);
  const rest = problems.length - told.length;
  return [...told, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
}

function isWanted({ wanted }: TypeState, name: string): boolean {
  return wanted === 'all' || wanted.has(name);
}

function subscribed(state: ClientState): Step {
  const listeners = heldOf(state, typeUrls.listener, 'listener');
  const clusters = heldOf(state, typeUrls.cluster, 'cluster');
  const named = namedResources(listeners, clusters);
  const next = new Map(state);
  const requests: DeltaRequest[] = [];
  for (const [typeUrl, wanted] of [
    [typeUrls.endpoints, named.endpoints],
    [typeUrls.secret, named.secrets],
    [typeUrls.extensionConfig, named.extensionConfigs],
  ] as const) {
    const type = state.get(typeUrl);
    if (type === undefined || type.wanted === 'all') continue;
    const subscribe = [...wanted.difference(type.wanted)];
    const unsubscribe = [...type.wanted.difference(wanted)];
    if (subscribe.length + unsubscribe.length === 0) continue;
    const held = new Map([...type.held].filter(([name]) => wanted.has(name)));
    next.set(typeUrl, { wanted, held });
    requests.push(request({ typeUrl, subscribe, unsubscribe }));
  }
  return { state: next, requests };
}
