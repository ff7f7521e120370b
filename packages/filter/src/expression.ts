/** A place in the text of an expression, in UTF-16 units. */
type Offset = number;

/** What is selected of a record: `Service.Meta["k"]` is the path Service, Meta, k. */
export interface Selector {
  readonly path: readonly string[];
  readonly offset: Offset;
}

/** What is compared with, as text: what it means depends on what was selected. */
export interface Literal {
  readonly text: string;
  readonly offset: Offset;
}

/** `==`, `contains` (and `in`, the other way around), `matches`; each may be negated. */
export type Comparison = 'equal' | 'contain' | 'match';

/** A filter as it was read. */
export type Expression =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Expression[] }
  | { readonly kind: 'not'; readonly term: Expression }
  | {
      readonly kind: 'compare';
      readonly selector: Selector;
      readonly comparison: Comparison;
      readonly negated: boolean;
      readonly literal: Literal;
    }
  | { readonly kind: 'empty'; readonly selector: Selector; readonly negated: boolean };
