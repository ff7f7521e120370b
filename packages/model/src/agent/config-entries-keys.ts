import type { Block } from '../block.ts';
import type { ConfigEntry } from '../entries/config-entry.ts';
import { decodeConfigEntry } from '../entries/decode-config-entry.ts';
import { type Decoder, listOf } from '../primitives.ts';
import { report, type Scope, warn, within } from '../scope.ts';
import { type KeyTable, key } from './key.ts';
import { allOf } from './layers.ts';

/** An entry and where it stands. */
interface PlacedEntry {
  readonly entry: ConfigEntry;
  readonly scope: Scope;
}

/** What the `config_entries` block says. */
export interface EntriesValues {
  readonly bootstrap: readonly PlacedEntry[];
}

/** An entry is read as `config write` reads it; what there is to say of it is told with its place in the file. */
const placedEntry: Decoder<PlacedEntry> = (value, scope) => {
  const read = decodeConfigEntry(value, { casing: scope.casing });
  for (const { path, message, key: name = '' } of read.warnings) {
    warn(within(scope, ...path), message, name);
  }
  if (read.ok) return { entry: read.value, scope };
  for (const { path, message, source: _none, ...detail } of read.issues) {
    report(within(scope, ...path), message, detail);
  }
  return undefined;
};

/** The keys of `config_entries`. */
export const entriesFields: KeyTable<EntriesValues> = {
  bootstrap: key(
    'Config entries that are written when the agent starts, where there is none of that kind and name yet.',
    listOf(placedEntry),
  ),
};

/** The entries of several files; of one kind and name the first counts. */
export function bootstrapEntries(blocks: readonly Block<EntriesValues>[]): readonly ConfigEntry[] {
  const first = new Map<string, ConfigEntry>();
  for (const { entry, scope } of allOf(blocks, 'bootstrap').flat()) {
    const name = `${entry.kind}/${entry.name}`;
    if (first.has(name)) warn(scope, `${name} stands there twice: the first counts`, 'bootstrap');
    else first.set(name, entry);
  }
  return [...first.values()];
}
