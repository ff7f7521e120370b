import { type Codec, labels, list, words } from './codec.ts';
import { held, shape } from './shape.ts';

/** What is done to the headers of a request or of its answer. */
export interface HeaderModifiers {
  readonly add: Readonly<Record<string, string>>;
  readonly set: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

/** Reads and prints changes of headers. */
export const headerModifiers: Codec<HeaderModifiers> = shape<HeaderModifiers>({
  add: held(labels, {}),
  set: held(labels, {}),
  remove: held(list(words), []),
});
