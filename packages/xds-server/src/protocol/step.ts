import { changedNames, EMPTY_TYPE, type ManifestIndex } from '../manifest-index.ts';
import { acknowledge } from './acknowledgement.ts';
import { settleClaim } from './claim.ts';
import type { DeltaRequest, Outcome, Response, SotwRequest, StreamEvent } from './event.ts';
import { flush } from './flush.ts';
import {
  indexOf,
  initialState,
  initialType,
  isSubscribed,
  type StreamState,
  type TypeState,
  withType,
} from './stream-state.ts';
import { subscribeDelta, subscribeSotw } from './subscription.ts';
import { contentHash } from './version.ts';

/** What one event leads to. */
export interface Step {
  readonly state: StreamState;
  /** To be sent, in this order. */
  readonly responses: readonly Response[];
  readonly outcomes: readonly Outcome[];
}

/** The whole protocol of one stream: the state it is in and what happens to it give what to say. */
export function step(state: StreamState, event: StreamEvent): Step {
  switch (event.kind) {
    case 'request':
      return requested(state, event.request);
    case 'manifest':
      return published(state, event.manifest);
    case 'paused':
      return { state: { ...state, paused: true }, responses: [], outcomes: [] };
    case 'resumed':
      return { ...flush({ ...state, paused: false }), outcomes: [] };
    case 'closed':
      return { state: initialState(state.variant, state.rules), responses: [], outcomes: [] };
  }
}

/**
 * A state-of-the-world request that answers an older response acknowledges nothing, but the names it lists
 * count: a name that is given up and asked for again within one round trip would otherwise be missed.
 */
function requested(state: StreamState, request: DeltaRequest | SotwRequest): Step {
  const known = state.types.get(request.typeUrl);
  const type = known ?? initialType(request.typeUrl);
  const answered = acknowledge(type, request.nonce, request.error);
  const context = { first: known === undefined, owed: state.owedEndpoints };
  const subscribed =
    request.variant === 'delta'
      ? subscribeDelta(answered.type, request, context)
      : subscribeSotw(answered.type, request, context);
  const claimed = settleClaim(state, withWildcardNames(state, type, subscribed));
  const flushed = flush(withType(state, claimed.type));
  const outcomes = [
    ...answered.outcomes,
    ...claimed.outcomes,
    ...heldAlready(state, context.first, subscribed),
    ...unsubscribed(answered.type, subscribed),
  ];
  return { ...flushed, outcomes };
}

function withWildcardNames(state: StreamState, before: TypeState, after: TypeState): TypeState {
  if (after.wildcard === 'none' || before.wildcard !== 'none') return after;
  const names = indexOf(state, after.typeUrl).resources.keys();
  return { ...after, dirty: new Set([...after.dirty, ...names]) };
}

function published(before: StreamState, manifest: ManifestIndex): Step {
  let state: StreamState = { ...before, manifest };
  const outcomes: Outcome[] = [];
  for (const type of before.types.values()) {
    const changed = changedIn(before, manifest, type);
    if (changed.length === 0) continue;
    const dirty = new Set([...type.dirty, ...changed]);
    const claimed = settleClaim(state, { ...type, dirty });
    outcomes.push(...claimed.outcomes);
    state = withType(state, claimed.type);
  }
  return { ...flush(state), outcomes };
}

function changedIn(
  before: StreamState,
  manifest: ManifestIndex,
  type: TypeState,
): readonly string[] {
  const after = manifest.types.get(type.typeUrl) ?? EMPTY_TYPE;
  if (before.manifest === undefined) return subscribedNames(type, after.resources.keys());
  const previous = indexOf(before, type.typeUrl);
  if (previous === after) return [];
  return changedNames(previous, after).filter((name) => isSubscribed(type, name));
}

function subscribedNames(type: TypeState, existing: Iterable<string>): readonly string[] {
  const all = type.wildcard === 'none' ? [] : existing;
  return [...type.names, ...type.told.keys(), ...all];
}

/** What a delta client brought along and need not be sent. */
function heldAlready(state: StreamState, first: boolean, type: TypeState): readonly Outcome[] {
  if (!first || state.variant === 'sotw' || type.told.size === 0) return [];
  const resources = [...type.told].map(([name, { hash }]) => ({
    name,
    hash: contentHash(hash),
  }));
  return [{ kind: 'held', typeUrl: type.typeUrl, resources }];
}

function unsubscribed(before: TypeState, after: TypeState): readonly Outcome[] {
  if (before === after) return [];
  const known = new Set([...before.told.keys(), ...before.rejected.keys()]);
  const names = [...known].filter(
    (name) => isSubscribed(before, name) && !isSubscribed(after, name),
  );
  return names.length === 0 ? [] : [{ kind: 'unsubscribed', typeUrl: after.typeUrl, names }];
}
