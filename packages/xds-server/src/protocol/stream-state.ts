import { EMPTY_TYPE, type ManifestIndex, type TypeIndex } from '../manifest-index.ts';
import type { Resource } from '../resource.ts';
import { traitsOf } from '../type-traits.ts';

/** What the reducer must be given, because it neither encodes nor hashes. */
export interface ProtocolRules {
  /** The ClusterLoadAssignment without endpoints that stands for an unknown name. */
  readonly emptyAssignment: (name: string) => Resource;
  /** Turns the description of a set into its version; equal text, equal version. */
  readonly digest: (text: string) => string;
}

/** What a client was last told of a name. An empty hash says that there is no such resource. */
export interface Told {
  readonly hash: string;
  /** Absent when only the client's own claim is known. */
  readonly resource?: Resource;
}

/** One name in a response. */
export interface Change {
  readonly name: string;
  /** `undefined` removes the name. */
  readonly resource: Resource | undefined;
  readonly before: Told | undefined;
  /** It takes something away, so it comes after all that is added. */
  readonly removal: boolean;
}

/** A response that is neither acknowledged nor rejected yet. */
export interface Outstanding {
  readonly nonce: string;
  readonly revision: number;
  readonly changes: readonly Change[];
}

/** The state of one type on one stream. */
export interface TypeState {
  readonly typeUrl: string;
  /** `legacy`: the client never named anything, which means everything. */
  readonly wildcard: 'none' | 'legacy' | 'explicit';
  readonly names: ReadonlySet<string>;
  readonly told: ReadonlyMap<string, Told>;
  /** Hashes that this client rejected, by name. */
  readonly rejected: ReadonlyMap<string, readonly string[]>;
  /** Names to be looked at again. A set: however often a name changes, its latest state is sent once. */
  readonly dirty: ReadonlySet<string>;
  /** Dirty names that are sent even if the client has them. */
  readonly forced: ReadonlySet<string>;
  /** Dirty names that are sent one by one, to learn which of them the client rejects. */
  readonly alone: ReadonlySet<string>;
  /** The client waits for an answer, even an empty one. */
  readonly answerDue: boolean;
  /** State of the world: the version that a reconnecting client says it has. */
  readonly claim: string | undefined;
  /** State of the world: the client came with a set that is not known, and has not taken one since. */
  readonly setUnknown: boolean;
  readonly outstanding: Outstanding | undefined;
}

/** All that is known of one stream. */
export interface StreamState {
  readonly variant: 'delta' | 'sotw';
  readonly rules: ProtocolRules;
  /** `undefined` until something is published for the proxy: the stream then waits. */
  readonly manifest: ManifestIndex | undefined;
  readonly paused: boolean;
  /** Number of responses so far; nonces are made of it. */
  readonly sent: number;
  /** By type URL, in the order of the types' ranks. */
  readonly types: ReadonlyMap<string, TypeState>;
  /**
   * Clusters sent on this stream whose endpoints were not sent after them. Envoy waits for the endpoints
   * of a cluster it was sent even if it has them (https://github.com/envoyproxy/envoy/issues/13009).
   */
  readonly owedEndpoints: ReadonlySet<string>;
}

/** Says that the client knows there is no such resource. */
export const ABSENT: Told = { hash: '' };

/** The state of a stream on which nothing was said yet. */
export function initialState(variant: 'delta' | 'sotw', rules: ProtocolRules): StreamState {
  return {
    variant,
    rules,
    manifest: undefined,
    paused: false,
    sent: 0,
    types: new Map(),
    owedEndpoints: new Set(),
  };
}

/** The state of a type that was not asked for yet. */
export function initialType(typeUrl: string): TypeState {
  return {
    typeUrl,
    wildcard: 'none',
    names: new Set(),
    told: new Map(),
    rejected: new Map(),
    dirty: new Set(),
    forced: new Set(),
    alone: new Set(),
    answerDue: false,
    claim: undefined,
    setUnknown: false,
    outstanding: undefined,
  };
}

/** The stream with one type replaced or added, in its place. */
export function withType(state: StreamState, type: TypeState): StreamState {
  const types = new Map(state.types);
  const known = types.has(type.typeUrl);
  types.set(type.typeUrl, type);
  return { ...state, types: known ? types : ranked(types) };
}

/** Whether the client wants to hear of a name. */
export function isSubscribed(type: TypeState, name: string): boolean {
  return type.wildcard !== 'none' || type.names.has(name);
}

/** What the manifest has of a type. */
export function indexOf(state: StreamState, typeUrl: string): TypeIndex {
  return state.manifest?.types.get(typeUrl) ?? EMPTY_TYPE;
}

function ranked(types: ReadonlyMap<string, TypeState>): ReadonlyMap<string, TypeState> {
  return new Map([...types].sort(([a], [b]) => traitsOf(a).rank - traitsOf(b).rank));
}
