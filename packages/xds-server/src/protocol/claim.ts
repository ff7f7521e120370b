import { traitsOf } from '../type-traits.ts';
import type { Outcome } from './event.ts';
import { setVersion } from './set-version.ts';
import { indexOf, type StreamState, type Told, type TypeState } from './stream-state.ts';

/**
 * A reconnecting state-of-the-world client says which version of a whole set it has. If that is the set it
 * should have, it is not sent again. That holds for full sets only: for a type that is asked for by name, the
 * version was that of the last response, and a name that was asked for since may still be waited for.
 */
export function settleClaim(
  state: StreamState,
  type: TypeState,
): { readonly type: TypeState; readonly outcomes: readonly Outcome[] } {
  if (type.claim === undefined || state.manifest === undefined) return { type, outcomes: [] };
  const told = completeSet(state, type);
  const settled = { ...type, claim: undefined };
  const { fullSet } = traitsOf(type.typeUrl);
  const whole = fullSet && type.wildcard !== 'none';
  if (!whole || setVersion(told, state.rules.digest) !== type.claim) {
    return { type: { ...settled, setUnknown: fullSet }, outcomes: [] };
  }
  const resources = [...told].map(([name, { hash }]) => ({ name, hash }));
  return {
    type: { ...settled, told, answerDue: false },
    outcomes: [{ kind: 'held', typeUrl: type.typeUrl, resources }],
  };
}

function completeSet(state: StreamState, type: TypeState): ReadonlyMap<string, Told> {
  const told = new Map<string, Told>();
  for (const [name, resource] of indexOf(state, type.typeUrl).resources) {
    told.set(name, { hash: resource.hash, resource });
  }
  return told;
}
