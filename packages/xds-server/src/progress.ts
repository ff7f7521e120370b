import type { ManifestIndex } from './manifest-index.ts';
import {
  indexOf,
  isSubscribed,
  type StreamState,
  type TypeState,
} from './protocol/stream-state.ts';
import { contentHash } from './protocol/version.ts';
import type { Resource } from './resource.ts';

/**
 * How far one stream has got: which types it asked for, what of them is still to be said or answered, and what
 * the client has. Read from the protocol's own state when it is asked for, so that a push costs next to nothing
 * for it, and there is no second book to disagree with the first.
 */
export class Progress {
  #state: StreamState | undefined;
  #dueSince: number | undefined;
  #takenRevision = 0;

  /** To be told of each state the stream comes to; with a clock where it is a manifest that led to it. */
  follow(state: StreamState, published?: () => number): void {
    if (published !== undefined) this.#note(state, published);
    this.#state = state;
  }

  #note(state: StreamState, now: () => number): void {
    const before = this.#state;
    const wasDue = this.#dueSince !== undefined && before !== undefined && hasDue(before);
    if (before !== undefined) this.#takenRevision = takenIn(before) ?? this.#takenRevision;
    if (!hasDue(state)) this.#dueSince = undefined;
    else if (!wasDue) this.#dueSince = now();
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

  /** Whether something of a type was said and is not answered, or else is due to be said. */
  openIn(typeUrl: string): 'sent' | 'due' | undefined {
    const type = this.#type(typeUrl);
    if (type === undefined || isSettled(type)) return undefined;
    return type.outstanding === undefined ? 'due' : 'sent';
  }

  /** Since when something is due that a manifest brought, as far as something is. */
  get dueSince(): number | undefined {
    return this.#dueSince;
  }

  /** Whether something of a name is to be said, or was said and is not answered. */
  isUnsettled(typeUrl: string, name: string): boolean {
    const type = this.#type(typeUrl);
    if (type === undefined) return false;
    return type.dirty.has(name) || outstandingOf(type, name) !== undefined;
  }

  /** The revision of the last manifest of which the client has taken all that it asked for; 0 before there is one. */
  get takenRevision(): number {
    return (this.#state && takenIn(this.#state)) ?? this.#takenRevision;
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

function hasDue({ types }: StreamState): boolean {
  for (const { dirty } of types.values()) if (dirty.size > 0) return true;
  return false;
}

/** The revision of the manifest, if there is nothing open of it and nothing refused. */
function takenIn({ types, manifest }: StreamState): number | undefined {
  if (types.size === 0 || manifest === undefined) return undefined;
  for (const type of types.values()) {
    if (!isSettled(type)) return undefined;
    // Nearly always there is nothing to look through.
    if (type.rejected.size > 0 && refusesAnything(type, manifest)) return undefined;
  }
  return manifest.revision;
}

/** Whether the client is to have something that it has rejected as it is. */
function refusesAnything({ typeUrl, rejected }: TypeState, manifest: ManifestIndex): boolean {
  for (const [name, hashes] of rejected) {
    const desired = manifest.types.get(typeUrl)?.resources.get(name);
    if (desired !== undefined && hashes.includes(contentHash(desired.hash))) return true;
  }
  return false;
}
