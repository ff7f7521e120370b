/** One thing that may stand at the cursor. */
export interface Candidate {
  readonly value: string;
  /** A few words on it, where a shell shows them. */
  readonly about: string;
}

/** What a shell is to offer at the cursor: files, or words. */
export type Offer =
  | { readonly kind: 'files' }
  | {
      readonly kind: 'words';
      readonly candidates: readonly Candidate[];
      /** What of the word at the cursor stands before what a candidate replaces: `-kind=`. */
      readonly before: string;
    };

/** Nothing is to be offered. */
export const nothing: Offer = { kind: 'words', candidates: [], before: '' };

/** The candidates that go on from what was typed, in order, each once. */
export function offerWords(candidates: readonly Candidate[], typed: string, before = ''): Offer {
  const fitting = candidates.filter(({ value }) => value.startsWith(typed));
  const byValue = new Map(fitting.map((each) => [each.value, each]));
  const sorted = [...byValue.values()].sort((a, b) => (a.value < b.value ? -1 : 1));
  return { kind: 'words', candidates: sorted, before };
}

/** Words without an explanation. */
export function plain(values: Iterable<string>): readonly Candidate[] {
  return [...values].map((value) => ({ value, about: '' }));
}
