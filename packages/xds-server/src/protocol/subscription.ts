import { traitsOf } from '../type-traits.ts';
import type { DeltaRequest, SotwRequest } from './event.ts';
import { isSubscribed, type Told, type TypeState } from './stream-state.ts';

const WILDCARD = '*';
const UNKNOWN_VERSION = 'unknown';

/** What a request leads to, beside what it says itself. */
export interface SubscriptionContext {
  /** It is the first request for its type on this stream. */
  readonly first: boolean;
  /** Names that have to be sent even if the client has them. */
  readonly owed: ReadonlySet<string>;
}

/** A type whose collections may be written to: a copy that belongs to one step. */
interface Draft {
  wildcard: TypeState['wildcard'];
  readonly names: Set<string>;
  readonly told: Map<string, Told>;
  readonly dirty: Set<string>;
  readonly forced: Set<string>;
  readonly alone: Set<string>;
  answerDue: boolean;
  claim: string | undefined;
}

/**
 * Applies a delta request to the subscription of its type. An explicit `*` and the legacy empty first
 * request subscribe to everything; naming anything ends the legacy form, as the protocol says.
 */
export function subscribeDelta(
  type: TypeState,
  request: DeltaRequest,
  { first, owed }: SubscriptionContext,
): TypeState {
  const { subscribe, unsubscribe, initialVersions } = request;
  if (!first && subscribe.length === 0 && unsubscribe.length === 0) return type;
  const draft = drafted(type);
  if (first) rememberVersions(draft, initialVersions);
  draft.wildcard = implied(type, first, subscribe.length > 0);
  for (const name of unsubscribe) removeName(draft, name);
  for (const name of subscribe) addName(draft, name, !first || owed.has(name));
  const all = draft.wildcard !== 'none' && type.wildcard === 'none';
  if (all) draft.answerDue = !first || initialVersions.size === 0;
  return settled(type, draft, all);
}

/** Applies a state-of-the-world request, which lists all names each time. */
export function subscribeSotw(
  type: TypeState,
  request: SotwRequest,
  { first, owed }: SubscriptionContext,
): TypeState {
  const listed = new Set(request.names);
  const explicit = listed.delete(WILDCARD);
  const wildcard = explicit ? 'explicit' : impliedBy(type, first, listed);
  const added = [...listed].filter((name) => !type.names.has(name));
  const removed = [...type.names].filter((name) => !listed.has(name));
  if (!first && wildcard === type.wildcard && added.length + removed.length === 0) return type;
  const draft = drafted(type);
  draft.wildcard = wildcard;
  if (first && request.version !== '') draft.claim = request.version;
  for (const name of removed) removeName(draft, name);
  for (const name of added) addName(draft, name, !first || owed.has(name));
  const all = wildcard !== 'none' && type.wildcard === 'none';
  if (all) draft.answerDue = true;
  return settled(type, draft, all);
}

function implied(type: TypeState, first: boolean, named: boolean): TypeState['wildcard'] {
  if (named) return type.wildcard === 'legacy' ? 'none' : type.wildcard;
  return first && traitsOf(type.typeUrl).legacyWildcard ? 'legacy' : type.wildcard;
}

function impliedBy(
  type: TypeState,
  first: boolean,
  listed: ReadonlySet<string>,
): TypeState['wildcard'] {
  const wildcard = implied(type, first, listed.size > 0);
  return wildcard === 'explicit' ? 'none' : wildcard;
}

function drafted(type: TypeState): Draft {
  return {
    wildcard: type.wildcard,
    names: new Set(type.names),
    told: new Map(type.told),
    dirty: new Set(type.dirty),
    forced: new Set(type.forced),
    alone: new Set(type.alone),
    answerDue: type.answerDue,
    claim: type.claim,
  };
}

function rememberVersions(draft: Draft, versions: ReadonlyMap<string, string>): void {
  for (const [name, version] of versions) {
    draft.told.set(name, { hash: version === '' ? UNKNOWN_VERSION : version });
    draft.dirty.add(name);
  }
}

function addName(draft: Draft, name: string, force: boolean): void {
  if (name === WILDCARD) {
    draft.wildcard = 'explicit';
    return;
  }
  draft.names.add(name);
  draft.dirty.add(name);
  if (force) draft.forced.add(name);
}

/**
 * A client that gives up one name and still has the wildcard cannot tell whether the wildcard covers the
 * name; the protocol wants it told again, or removed.
 */
function removeName(draft: Draft, name: string): void {
  if (name === WILDCARD) {
    draft.wildcard = 'none';
    return;
  }
  if (draft.names.delete(name) && draft.wildcard !== 'none') {
    draft.dirty.add(name);
    draft.forced.add(name);
  }
}

/** Forgets what is no longer subscribed, and marks everything dirty when the wildcard was turned on. */
function settled(type: TypeState, draft: Draft, all: boolean): TypeState {
  const next: TypeState = { ...type, ...draft };
  for (const names of [draft.dirty, draft.forced, draft.alone]) {
    for (const name of names) if (!isSubscribed(next, name)) names.delete(name);
  }
  for (const name of draft.told.keys()) if (!isSubscribed(next, name)) draft.told.delete(name);
  if (all) for (const name of draft.told.keys()) draft.dirty.add(name);
  return next;
}
