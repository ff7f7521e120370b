import type { ConfigEntry } from '@chancery/model';
import { type Operation, planned, type View } from '@chancery/store';
import { configEntries } from '../config-entry.ts';
import { changeProblem } from '../graph/change-problem.ts';
import type { WantedEntry } from './wanted-entry.ts';

/** A change that is to be looked at before it is made. */
export interface ChangeInQuestion {
  readonly operations: readonly Operation[];
  /** What it writes, of all that is wanted: the rest is so already. */
  readonly written: readonly WantedEntry[];
  readonly wanted: readonly WantedEntry[];
  readonly deleted: readonly ConfigEntry[];
  readonly datacenter: string;
}

/** As many lines as help; one mistake may break a hundred chains. */
const linesAtMost = 20;

/**
 * What would no longer fit together after a change, a line each: the entry, where it comes from, and what stands in its
 * way. An entry a step.
 */
export function* contradictionsOf(
  view: View,
  change: ChangeInQuestion,
): Generator<undefined, readonly string[]> {
  const { view: after } = planned(view, change.operations);
  const { datacenter } = change;
  const lines = new Map<string, string>();
  const look = (entry: ConfigEntry, isDeleted: boolean, subject: string): void => {
    if (lines.size > linesAtMost) return;
    const found = changeProblem(after, { entry, isDeleted, datacenter });
    if (found === undefined || lines.has(found.words)) return;
    const others = found.between.filter((key) => key !== configEntries.key(entry));
    const told = others.map((key) => described(key, after, change));
    lines.set(found.words, [`${subject}: ${oneLine(found.words)}`, ...hint(told)].join('; '));
  };
  for (const { entry, origin } of change.written) {
    yield;
    look(entry, false, `${origin}: ${configEntries.key(entry)}`);
  }
  for (const entry of change.deleted) {
    yield;
    look(entry, true, `deleting ${configEntries.key(entry)}`);
  }
  const all = [...lines.values()];
  return all.length <= linesAtMost ? all : [...all.slice(0, linesAtMost), 'and more of the kind'];
}

/** Consul puts several mistakes into lines of their own. */
function oneLine(words: string): string {
  return words.replace(/\s*\n\s*/g, ' ').trim();
}

function hint(others: readonly string[]): readonly string[] {
  if (others.length === 0) return [];
  return [`it does not go with ${others.join(', ')}: change them together`];
}

function described(key: string, after: View, { wanted, deleted }: ChangeInQuestion): string {
  const origin = wanted.find(({ entry }) => configEntries.key(entry) === key)?.origin;
  if (origin !== undefined) return `${key} (${origin})`;
  if (deleted.some((entry) => configEntries.key(entry) === key)) {
    return `${key} (which this change deletes)`;
  }
  return after.get(configEntries, key) === undefined
    ? `${key} (there is none)`
    : `${key} (as it is stored)`;
}
