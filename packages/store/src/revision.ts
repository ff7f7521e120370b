/**
 * Counts commits: 1 is the empty state, each commit that changes anything adds one. It is not 0, since
 * an index of at least 1 would then not tell the empty state from the first commit.
 */
export type Revision = number;

/** The commits that created a row and last changed it. */
export interface RowRevisions {
  readonly created: Revision;
  readonly modified: Revision;
}
