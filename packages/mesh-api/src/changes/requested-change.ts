import type { Change } from '../../gen/chancery/mesh/v1/changes_pb.ts';
import type { RequestedChange } from './change-source.ts';

/** A change as a message carries it; a message without one changes nothing. */
export function requestedChange(change: Change | undefined): RequestedChange {
  if (change === undefined) return { entries: [], deletions: [], prune: false };
  return {
    entries: change.entries.map(({ entry, origin }) => ({ entry: entry ?? {}, origin })),
    deletions: change.deletions.map(({ kind, name }) => ({ kind, name })),
    prune: change.prune,
  };
}
