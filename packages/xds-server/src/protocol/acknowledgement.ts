import type { NamedHash, Outcome } from './event.ts';
import { rejectedNames } from './rejected-names.ts';
import {
  type Change,
  isSubscribed,
  type Outstanding,
  type Told,
  type TypeState,
} from './stream-state.ts';
import { contentHash } from './version.ts';

/** How many rejected hashes are remembered for one name, so that an endless NACK loop costs no memory. */
export const REMEMBERED_REJECTIONS = 64;

interface Acknowledged {
  readonly type: TypeState;
  readonly outcomes: readonly Outcome[];
}

/** Closes the outstanding response if the nonce is its own; any other nonce is of no meaning any more. */
export function acknowledge(
  type: TypeState,
  nonce: string,
  error: string | undefined,
): Acknowledged {
  const { outstanding } = type;
  if (outstanding === undefined || outstanding.nonce !== nonce) return { type, outcomes: [] };
  const closed = { ...type, outstanding: undefined };
  if (error === undefined) {
    const outcomes = [acked(type.typeUrl, outstanding, outstanding.changes)];
    return { type: { ...closed, setUnknown: false }, outcomes };
  }
  return reject(closed, outstanding, error);
}

/**
 * A NACK is for a response, acceptance is for a resource: what the reason names is rejected, the rest was
 * taken. If it names nothing, each resource is tried alone, once, and what was to be removed is removed
 * again; a resource that was alone is known.
 */
function reject(type: TypeState, outstanding: Outstanding, reason: string): Acknowledged {
  const sent = outstanding.changes.filter((change) => change.resource !== undefined);
  const named = namedIn(reason, sent);
  const guilty = named.length > 0 || sent.length > 1 ? named : sent;
  const retried = guilty.length === 0 ? sent : [];
  const repeated = named.length === 0 && sent.length > 0 ? removalsOf(outstanding) : [];
  const open = [...guilty, ...retried, ...repeated];
  const taken = outstanding.changes.filter((change) => !open.includes(change));
  const rejection: Outcome = {
    kind: 'rejected',
    typeUrl: type.typeUrl,
    revision: outstanding.revision,
    reason,
    resources: guilty.map(namedHash),
    retried: retried.map((change) => change.name),
  };
  const reverted = withReverted(withRejected(type, guilty), open);
  const outcomes = taken.length > 0 ? [acked(type.typeUrl, outstanding, taken)] : [];
  const next = withAlone(withForced(reverted, [...retried, ...repeated]), retried);
  // What came with the client may still be there; the set without the culprits makes sure.
  const answerDue = type.setUnknown && named.length === 0 && sent.length > 0;
  const setUnknown = type.setUnknown && named.length === 0;
  return { type: { ...next, answerDue, setUnknown }, outcomes: [...outcomes, rejection] };
}

function namedIn(reason: string, sent: readonly Change[]): readonly Change[] {
  const names = rejectedNames(
    reason,
    sent.map((change) => change.name),
  );
  return sent.filter((change) => names.includes(change.name));
}

function removalsOf({ changes }: Outstanding): readonly Change[] {
  return changes.filter((change) => change.resource === undefined);
}

function withRejected(type: TypeState, guilty: readonly Change[]): TypeState {
  const rejected = new Map(type.rejected);
  for (const { name, resource } of guilty) {
    if (resource === undefined) continue;
    const hash = contentHash(resource.hash);
    const hashes = (rejected.get(name) ?? []).filter((it) => it !== hash);
    rejected.set(name, [...hashes, hash].slice(-REMEMBERED_REJECTIONS));
  }
  return { ...type, rejected };
}

/** The client still has what it had before the response. */
function withReverted(type: TypeState, changes: readonly Change[]): TypeState {
  const told = new Map<string, Told>(type.told);
  for (const { name, resource, before } of changes) {
    if ((told.get(name)?.hash ?? '') !== (resource?.hash ?? '')) continue;
    if (before === undefined) told.delete(name);
    else told.set(name, before);
  }
  return { ...type, told };
}

function withForced(type: TypeState, changes: readonly Change[]): TypeState {
  const names = subscribedOf(type, changes);
  const dirty = new Set([...type.dirty, ...names]);
  return { ...type, dirty, forced: new Set([...type.forced, ...names]) };
}

function withAlone(type: TypeState, changes: readonly Change[]): TypeState {
  return { ...type, alone: new Set([...type.alone, ...subscribedOf(type, changes)]) };
}

function subscribedOf(type: TypeState, changes: readonly Change[]): readonly string[] {
  return changes.map(({ name }) => name).filter((name) => isSubscribed(type, name));
}

function acked(typeUrl: string, { revision }: Outstanding, changes: readonly Change[]): Outcome {
  return {
    kind: 'acked',
    typeUrl,
    revision,
    resources: changes.filter((change) => change.resource !== undefined).map(namedHash),
    removed: changes.filter((it) => it.resource === undefined).map(({ name }) => name),
  };
}

function namedHash({ name, resource }: Change): NamedHash {
  return { name, hash: contentHash(resource?.hash ?? '') };
}
