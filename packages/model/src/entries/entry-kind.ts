import type { Codec } from './codec.ts';
import type { Tell } from './problem.ts';

/** All that is known of one kind of entry. */
export interface EntryKind<E> {
  readonly codec: Codec<E>;
  /** What Consul refuses of an entry whose parts are each fine. */
  readonly check?: (entry: E, tell: Tell) => void;
  /** The entry as it is kept: in one order, in one case. */
  readonly settled?: (entry: E) => E;
}
