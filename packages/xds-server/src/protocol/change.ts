import type { Resource } from '../resource.ts';
import { traitsOf } from '../type-traits.ts';
import {
  ABSENT,
  type Change,
  indexOf,
  isSubscribed,
  type StreamState,
  type TypeState,
} from './stream-state.ts';
import { contentHash, versioned } from './version.ts';

/** What the client is to have of a name: a resource, none, or what it has already. */
function wanted(state: StreamState, type: TypeState, name: string): Resource | 'none' | 'as-is' {
  const index = indexOf(state, type.typeUrl);
  const found = index.resources.get(name);
  if (found !== undefined) return versioned(state, found);
  const { missing } = traitsOf(type.typeUrl);
  if (index.withheld.has(name) || missing === 'silent') return 'as-is';
  if (missing === 'empty' && type.names.has(name)) {
    return versioned(state, state.rules.emptyAssignment(name));
  }
  return 'none';
}

/** What has to be said of the dirty names of a type; names of which there is nothing to say are left out. */
export function changesOf(state: StreamState, type: TypeState): readonly Change[] {
  const changes: Change[] = [];
  for (const name of type.dirty) {
    const change = changeOf(state, type, name);
    if (change !== undefined) changes.push(change);
  }
  return changes;
}

/** Whether a change brings something that the client has nothing of. */
export function isNew({ before, resource, removal }: Change): boolean {
  return !removal && resource !== undefined && (before === undefined || before === ABSENT);
}

function changeOf(state: StreamState, type: TypeState, name: string): Change | undefined {
  if (!isSubscribed(type, name)) return undefined;
  const target = wanted(state, type, name);
  if (target === 'as-is') return undefined;
  if (target === 'none') return removalOf(state, type, name);
  const before = type.told.get(name);
  if (type.rejected.get(name)?.includes(contentHash(target.hash)) === true) return undefined;
  if (before?.hash === target.hash && !type.forced.has(name)) return undefined;
  const exists = indexOf(state, type.typeUrl).resources.has(name);
  const removal =
    !exists && before !== undefined && contentHash(before.hash) !== contentHash(target.hash);
  return { name, resource: target, before, removal };
}

/**
 * A name that was rejected counts as known: the reason may have named it by chance, and a client that has
 * it after all must lose it.
 */
function removalOf(state: StreamState, type: TypeState, name: string): Change | undefined {
  if (state.variant === 'sotw' && !traitsOf(type.typeUrl).fullSet) return undefined;
  const before = type.told.get(name);
  const due =
    before === undefined
      ? type.names.has(name) || type.rejected.has(name) || type.forced.has(name)
      : before.hash !== '' || type.forced.has(name);
  const known = before !== undefined && before.hash !== '';
  return due ? { name, resource: undefined, before, removal: known } : undefined;
}
