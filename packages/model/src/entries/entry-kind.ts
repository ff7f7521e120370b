import type { Codec } from './codec.ts';
import type { Tell } from './problem.ts';

/** All that is known of one kind of entry. */
export interface EntryKind<E> {
  readonly codec: Codec<E>;
  /** The entry with its words in one case and what Consul fills in. */
  readonly settled?: (entry: E) => E;
  /** What Consul refuses of an entry whose parts are each fine. */
  readonly check?: (entry: E, tell: Tell) => void;
  /** The entry in the order in which it is kept. */
  readonly arranged?: (entry: E) => E;
}
