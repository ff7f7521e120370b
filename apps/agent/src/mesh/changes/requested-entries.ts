import type { EntriesChange, WantedEntry } from '@chancery/config-entries';
import type { Outcome, RequestedChange } from '@chancery/mesh-api';
import {
  type ConfigEntryKind,
  configEntryKinds,
  decodeConfigEntry,
  formatIssue,
} from '@chancery/model';

/** A change as it was understood. */
export interface UnderstoodChange {
  readonly change: EntriesChange;
  /** What was understood and has no effect. */
  readonly warnings: readonly string[];
}

/** Reads a change, an entry a step, or tells every mistake in it with where it comes from, a line each. */
export function* readingSteps(
  { entries, deletions, prune }: RequestedChange,
  datacenter: string,
): Generator<undefined, Outcome<UnderstoodChange>> {
  const read: ReadEntry[] = [];
  for (const [at, entry] of entries.entries()) {
    read.push(readEntry(entry, at));
    yield;
  }
  const mistakes = [
    ...read.flatMap(({ mistakes: found }) => found),
    ...deletions.flatMap(({ kind }) => unknownKind(kind)),
    ...missingEntries(entries.length, deletions.length, prune),
  ];
  if (mistakes.length > 0) {
    return { ok: false, refusal: { code: 'invalid', message: mistakes.join('\n') } };
  }
  const change: EntriesChange = {
    entries: read.flatMap(({ wanted }) => wanted),
    deletions: deletions.map(({ kind, name }) => ({ kind: kind as ConfigEntryKind, name })),
    prune,
    datacenter,
  };
  return { ok: true, value: { change, warnings: read.flatMap(({ warnings }) => warnings) } };
}

interface ReadEntry {
  readonly wanted: readonly WantedEntry[];
  readonly mistakes: readonly string[];
  readonly warnings: readonly string[];
}

function readEntry({ entry, origin }: RequestedChange['entries'][number], at: number): ReadEntry {
  const place = { name: origin || `entries[${at}]` };
  const decoded = decodeConfigEntry(entry, { casing: 'http' });
  if (!decoded.ok) {
    const mistakes = decoded.issues.map((issue) => formatIssue(issue, place));
    return { wanted: [], mistakes, warnings: [] };
  }
  return {
    wanted: [{ entry: decoded.value, origin: place.name }],
    mistakes: [],
    warnings: decoded.warnings.map((issue) => formatIssue(issue, place)),
  };
}

function unknownKind(kind: string): readonly string[] {
  if (configEntryKinds.some((known) => known === kind)) return [];
  return [`deletions: there is no kind ${JSON.stringify(kind)} of config entries`];
}

/** An empty folder by mistake, and all is gone: that is not made out of nothing said. */
function missingEntries(entries: number, deletions: number, prune: boolean): readonly string[] {
  if (!prune || entries > 0 || deletions > 0) return [];
  return [
    'there is no entry to keep, so pruning would delete all: name those that are to go as deletions',
  ];
}
