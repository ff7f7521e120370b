import { type Codec, list, shown, words } from './codec.ts';
import { always, held, shape } from './shape.ts';

/** What became of a gateway or a route: said by who serves it, and not by who declares it. */
export interface EntryStatus {
  readonly conditions: readonly EntryCondition[];
}

/** One thing that is so, or is not. */
export interface EntryCondition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly resource: EntryReference;
  /** In RFC 3339. */
  readonly lastTransitionTime: string;
}

/** Another entry, and a part of it. */
export interface EntryReference {
  readonly kind: string;
  readonly name: string;
  readonly sectionName: string;
}

/** Reads and prints a reference to another entry. */
export const entryReference: Codec<EntryReference> = shape<EntryReference>({
  kind: always(words, ''),
  name: always(words, ''),
  sectionName: always(words, ''),
});

const condition = shape<EntryCondition>({
  type: always(words, ''),
  status: always(words, ''),
  reason: always(words, ''),
  message: always(words, ''),
  resource: always(entryReference, { kind: '', name: '', sectionName: '' }),
  lastTransitionTime: always(words, ''),
});

/** A client may read a status and send it back: it is printed and not read. */
export const entryStatus: Codec<EntryStatus> = shown(
  shape<EntryStatus>({ conditions: held(list(condition), []) }),
);
