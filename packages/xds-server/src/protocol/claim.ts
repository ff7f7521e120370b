import type { Resource } from '../resource.ts';
import { wanted } from './change.ts';
import type { Outcome } from './event.ts';
import { setVersion } from './set-version.ts';
import { indexOf, type StreamState, type Told, type TypeState } from './stream-state.ts';

/**
 * A reconnecting state-of-the-world client says which version of a whole set it has. If that is the set it
 * should have, it is not sent again, but for names that are forced.
 */
export function settleClaim(
  state: StreamState,
  type: TypeState,
): { readonly type: TypeState; readonly outcomes: readonly Outcome[] } {
  if (type.claim === undefined || state.manifest === undefined) return { type, outcomes: [] };
  const told = new Map<string, Told>();
  for (const resource of complete(state, type)) {
    told.set(resource.name, { hash: resource.hash, resource });
  }
  const equal = setVersion(told, state.rules.digest) === type.claim;
  const settled = { ...type, claim: undefined };
  if (!equal) return { type: settled, outcomes: [] };
  const resources = [...told].map(([name, { hash }]) => ({ name, hash }));
  return {
    type: { ...settled, told, answerDue: false },
    outcomes: [{ kind: 'held', typeUrl: type.typeUrl, resources }],
  };
}

function complete(state: StreamState, type: TypeState): readonly Resource[] {
  const names =
    type.wildcard === 'none' ? type.names : indexOf(state, type.typeUrl).resources.keys();
  return [...names].flatMap((name) => {
    const target = wanted(state, type, name);
    return typeof target === 'string' ? [] : [target];
  });
}
