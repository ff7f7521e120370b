import { configEntries } from '@chancery/config-entries';
import { WILDCARD } from '@chancery/intentions';
import type { ConfigEntry } from '@chancery/model';
import type { Change, View } from '@chancery/store';

/** The destinations for which other intentions may count after a change; `*` for all that no intention names. */
export function changedDestinations(
  changes: readonly Change[],
  before: View,
  after: View,
): ReadonlySet<string> {
  const changed = new Set(
    changes
      .filter(({ table }) => table === configEntries.name)
      .flatMap(({ before: was, after: is }) => [was, is].flatMap(destinationOf)),
  );
  // Intentions for any destination count for each that has intentions of its own, too.
  if (changed.has(WILDCARD)) {
    for (const view of [before, after]) {
      for (const { name } of view.by(configEntries, 'kind', 'service-intentions'))
        changed.add(name);
    }
  }
  return changed;
}

function destinationOf(row: unknown): readonly string[] {
  const entry = row as ConfigEntry | undefined;
  return entry?.kind === 'service-intentions' ? [entry.name] : [];
}
