import { typeUrls } from '@chancery/envoy-api';
import type { Resource } from '../resource.ts';
import { traitsOf } from '../type-traits.ts';
import { changesOf, isNew } from './change.ts';
import type { Response } from './event.ts';
import { setVersion } from './set-version.ts';
import {
  ABSENT,
  type Change,
  isSubscribed,
  type StreamState,
  type Told,
  type TypeState,
  withType,
} from './stream-state.ts';

interface Flushed {
  readonly state: StreamState;
  readonly responses: readonly Response[];
}

/**
 * Says what there is to say: at most one response for each type, in the order of make before break, and
 * none for a type whose last response is not answered yet.
 */
export function flush(start: StreamState): Flushed {
  const responses: Response[] = [];
  let state = start;
  if (state.paused || state.manifest === undefined) return { state, responses };
  for (const typeUrl of start.types.keys()) {
    const type = state.types.get(typeUrl);
    if (type === undefined || !hasWork(type)) continue;
    const batch = nextBatch(state, type);
    const said = respond(state, batch.type, batch.changes);
    state = said.state;
    if (said.response !== undefined) responses.push(said.response);
  }
  return { state, responses };
}

function hasWork(type: TypeState): boolean {
  return type.outstanding === undefined && (type.dirty.size > 0 || type.answerDue);
}

interface Batch {
  /** The type without the dirty names of which there is nothing to say. */
  readonly type: TypeState;
  /** Empty when there is nothing to say now. */
  readonly changes: readonly Change[];
}

function nextBatch(state: StreamState, type: TypeState): Batch {
  const all = changesOf(state, type);
  const names = new Set(all.map((change) => change.name));
  const pruned: TypeState = {
    ...type,
    dirty: names,
    forced: onlyThese(type.forced, names),
    alone: onlyThese(type.alone, names),
  };
  const { rank, afterClusters } = traitsOf(type.typeUrl);
  const addable = !(afterClusters && hasNewcomers(state));
  const removable = all.some((change) => change.removal) && !hasLaterWork(state, rank);
  const allowed = all.filter((change) => (change.removal ? removable : addable));
  const together = allowed.filter((change) => !type.alone.has(change.name));
  if (together.length > 0) return { type: pruned, changes: together };
  if (allowed.length > 0) return { type: pruned, changes: allowed.slice(0, 1) };
  return { type: pruned, changes: [] };
}

function onlyThese(names: ReadonlySet<string>, these: ReadonlySet<string>): ReadonlySet<string> {
  return names.size === 0 ? names : new Set([...names].filter((name) => these.has(name)));
}

/** A listener must not point at a cluster that the client does not have, or has without its endpoints. */
function hasNewcomers(state: StreamState): boolean {
  return [typeUrls.cluster, typeUrls.endpoints].some((typeUrl) => {
    const type = state.types.get(typeUrl);
    if (type === undefined) return false;
    return type.outstanding?.changes.some(isNew) === true || changesOf(state, type).some(isNew);
  });
}

/** What is taken away must not be in use: types of a later rank have to be acknowledged first. */
function hasLaterWork(state: StreamState, rank: number): boolean {
  return [...state.types.values()].some(
    (type) =>
      traitsOf(type.typeUrl).rank > rank &&
      (type.outstanding !== undefined || changesOf(state, type).length > 0),
  );
}

function respond(
  state: StreamState,
  type: TypeState,
  changes: readonly Change[],
): { readonly state: StreamState; readonly response: Response | undefined } {
  const empty = changes.length === 0;
  if (empty && (!type.answerDue || type.dirty.size > 0)) {
    return { state: withType(state, type), response: undefined };
  }
  const revision = state.manifest?.revision ?? 0;
  const nonce = (state.sent + 1).toString(16).padStart(8, '0');
  const next: TypeState = {
    ...withTold(type, changes),
    answerDue: false,
    outstanding: { nonce, revision, changes },
  };
  const response = responseOf(state, next, nonce, changes);
  const said = withType({ ...state, sent: state.sent + 1 }, next);
  return { state: owing(said, type.typeUrl, changes), response };
}

function withTold(type: TypeState, changes: readonly Change[]): TypeState {
  const told = new Map<string, Told>(type.told);
  const said = changes.map(({ name }) => name);
  const dirty = without(type.dirty, said);
  const forced = without(type.forced, said);
  const alone = without(type.alone, said);
  for (const { name, resource } of changes) {
    if (resource !== undefined) told.set(name, { hash: resource.hash, resource });
    else if (type.names.has(name)) told.set(name, ABSENT);
    else told.delete(name);
  }
  return { ...type, told, dirty, forced, alone };
}

/** The set itself when there is nothing to take out: most sets are empty most of the time. */
function without(names: ReadonlySet<string>, taken: readonly string[]): ReadonlySet<string> {
  if (names.size === 0) return names;
  const left = new Set(names);
  for (const name of taken) left.delete(name);
  return left;
}

function responseOf(
  state: StreamState,
  type: TypeState,
  nonce: string,
  changes: readonly Change[],
): Response {
  const { typeUrl } = type;
  const revision = state.manifest?.revision ?? 0;
  const changed = changes.flatMap(({ resource }) => (resource === undefined ? [] : [resource]));
  if (state.variant === 'delta') {
    const removed = changes.filter((it) => it.resource === undefined).map(({ name }) => name);
    const version = String(revision);
    return { typeUrl, nonce, version, revision, resources: changed, changed, removed };
  }
  const version = setVersion(type.told, state.rules.digest);
  const resources = traitsOf(typeUrl).fullSet ? everything(type) : changed;
  return { typeUrl, nonce, version, revision, resources, changed, removed: [] };
}

/** What a full-set client is to have: for a resource it rejected, the one it had before. */
function everything(type: TypeState): readonly Resource[] {
  return [...type.told.values()].flatMap(({ resource }) =>
    resource === undefined ? [] : [resource],
  );
}

/** The endpoints of each cluster that was just sent are to be sent again, or as soon as they are asked for. */
function owing(state: StreamState, typeUrl: string, changes: readonly Change[]): StreamState {
  if (typeUrl === typeUrls.endpoints) {
    return paid(
      state,
      changes.map((change) => change.name),
    );
  }
  if (typeUrl !== typeUrls.cluster) return state;
  const owed = new Set(state.owedEndpoints);
  for (const { name, resource } of changes) {
    if (resource === undefined) owed.delete(name);
    else owed.add(name);
  }
  return demanded({ ...state, owedEndpoints: owed });
}

function paid(state: StreamState, names: readonly string[]): StreamState {
  if (!names.some((name) => state.owedEndpoints.has(name))) return state;
  return {
    ...state,
    owedEndpoints: new Set([...state.owedEndpoints].filter((name) => !names.includes(name))),
  };
}

function demanded(state: StreamState): StreamState {
  const type = state.types.get(typeUrls.endpoints);
  if (type === undefined) return state;
  const names = [...state.owedEndpoints].filter((name) => isSubscribed(type, name));
  if (names.length === 0) return state;
  const dirty = new Set([...type.dirty, ...names]);
  const forced = new Set([...type.forced, ...names]);
  return withType(state, { ...type, dirty, forced });
}
