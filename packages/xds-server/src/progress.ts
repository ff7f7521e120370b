import {
  indexOf,
  isSubscribed,
  type StreamState,
  type TypeState,
} from './protocol/stream-state.ts';
import { contentHash } from './protocol/version.ts';
import type { Resource } from './resource.ts';

/**
 * How far one stream has got: which types it asked for, which of them are unsettled and since when, and
 * what the client has. Read from the protocol's own state, so that there is no second book to disagree with it.
 */
export class Progress {
  readonly #unsettled = new Map<string, number>();
  #state: StreamState | undefined;
  #takenRevision: number | undefined;

  /** To be told of each state the stream comes to. */
  follow(state: StreamState, now: () => number): void {
    this.#state = state;
    for (const type of state.types.values()) {
      if (isSettled(type)) this.#unsettled.delete(type.typeUrl);
      else if (!this.#unsettled.has(type.typeUrl)) this.#unsettled.set(type.typeUrl, now());
    }
    if (this.#unsettled.size > 0 || state.types.size === 0) return;
    if (!refusesAnything(state)) this.#takenRevision = state.manifest?.revision;
  }

  /** The types that were asked for on the stream. */
  askedTypes(): Iterable<string> {
    return this.#state?.types.keys() ?? [];
  }

  /** Whether a name is asked for, by itself or with all others of its type. */
  isAsked(typeUrl: string, name: string): boolean {
    const type = this.#type(typeUrl);
    return type !== undefined && isSubscribed(type, name);
  }

  /** Since when there is something of a type to be said, or said and not answered; none while there is not. */
  unsettledSince(typeUrl: string): number | undefined {
    return this.#unsettled.get(typeUrl);
  }

  /** Whether something of a name is to be said, or was said and is not answered. */
  isUnsettled(typeUrl: string, name: string): boolean {
    const type = this.#type(typeUrl);
    if (type === undefined) return false;
    return type.dirty.has(name) || outstandingOf(type, name) !== undefined;
  }

  /** The revision of the last manifest of which the client has taken all that it asked for. */
  get takenRevision(): number | undefined {
    return this.#takenRevision;
  }

  /** Content hash of what the client is to have of a name; none for a name that it is not to have. */
  desiredHash(typeUrl: string, name: string): string | undefined {
    if (this.#state === undefined) return undefined;
    return indexOf(this.#state, typeUrl).resources.get(name)?.hash;
  }

  /** What the client has taken of a name last. None when it has nothing, or brought it along from elsewhere. */
  taken(typeUrl: string, name: string): Resource | undefined {
    const type = this.#type(typeUrl);
    if (type === undefined) return undefined;
    const open = outstandingOf(type, name);
    return (open === undefined ? type.told.get(name) : open.before)?.resource;
  }

  #type(typeUrl: string): TypeState | undefined {
    return this.#state?.types.get(typeUrl);
  }
}

function isSettled({ outstanding, dirty, answerDue }: TypeState): boolean {
  return outstanding === undefined && dirty.size === 0 && !answerDue;
}

function outstandingOf({ outstanding }: TypeState, name: string) {
  return outstanding?.changes.find((change) => change.name === name);
}

/** Whether the client is to have something that it has rejected as it is. */
function refusesAnything(state: StreamState): boolean {
  for (const { typeUrl, rejected } of state.types.values()) {
    for (const [name, hashes] of rejected) {
      const desired = indexOf(state, typeUrl).resources.get(name);
      if (desired !== undefined && hashes.includes(contentHash(desired.hash))) return true;
    }
  }
  return false;
}
