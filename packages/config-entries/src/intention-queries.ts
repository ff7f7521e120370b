import { byPrecedence, WILDCARD } from '@chancery/intentions';
import type { ConfigEntry, ServiceIntentions } from '@chancery/model';
import { defineQuery, type Query, type View } from '@chancery/store';
import { configEntries, entriesOfKind } from './config-entry.ts';
import { entryOn, type StoredIntention, storedIntentionsIn } from './stored-intention.ts';

/** The intentions about a destination, those about `*` included, in the order in which they are tried. */
export const intentionsTo: Query<string, readonly StoredIntention[]> = defineQuery<
  string,
  readonly StoredIntention[]
>({
  name: 'configEntries.intentionsTo',
  evaluate: (view, destination) =>
    stored(view, entriesOn(view, destination)).toSorted(byPrecedence),
});

/** The intentions about a source, those about `*` included, in the order of their precedence. */
export const intentionsFrom: Query<string, readonly StoredIntention[]> = defineQuery<
  string,
  readonly StoredIntention[]
>({
  name: 'configEntries.intentionsFrom',
  evaluate: (view, source) => {
    const names = new Set([source, WILDCARD]);
    const entries = new Set([...names].flatMap((name) => view.by(configEntries, 'source', name)));
    return stored(view, entries)
      .filter((intention) => names.has(intention.source) && !isAnyOfPeer(intention))
      .sort(byPrecedence);
  },
});

/** Any service of another cluster is not any of this one. */
function isAnyOfPeer({ source, sourcePeer }: StoredIntention): boolean {
  return source === WILDCARD && sourcePeer !== undefined;
}

/** Every intention, in the order of their precedence. */
export const allIntentions: Query<'', readonly StoredIntention[]> = defineQuery<
  '',
  readonly StoredIntention[]
>({
  name: 'configEntries.allIntentions',
  evaluate: (view) =>
    stored(view, entriesOfKind(view, 'service-intentions')).toSorted(byPrecedence),
});

/** The intention about exactly one pair, by `intentionPair`. */
export const intentionBetween: Query<string, StoredIntention | undefined> = defineQuery<
  string,
  StoredIntention | undefined
>({
  name: 'configEntries.intentionBetween',
  evaluate: (view, pair) => {
    const [source, destination] = JSON.parse(pair) as [string, string];
    const entry = entryOn(view, destination);
    return entry && storedIntentionsIn(view, entry).find((found) => isBetween(found, source));
  },
});

function isBetween(found: StoredIntention, source: string): boolean {
  const { sourcePeer, sourceSamenessGroup } = found;
  return found.source === source && sourcePeer === undefined && sourceSamenessGroup === undefined;
}

/** The argument of `intentionBetween`. */
export function intentionPair(source: string, destination: string): string {
  return JSON.stringify([source, destination]);
}

/** The intention with a UUID. */
export const intentionById: Query<string, StoredIntention | undefined> = defineQuery<
  string,
  StoredIntention | undefined
>({
  name: 'configEntries.intentionById',
  evaluate: (view, id) =>
    stored(view, view.by(configEntries, 'intention', id)).find((found) => found.id === id),
});

/** The entries that speak of a destination. */
export function entriesOn(view: View, destination: string): readonly ServiceIntentions[] {
  const names = new Set([destination, WILDCARD]);
  return [...names].map((name) => entryOn(view, name)).filter((entry) => entry !== undefined);
}

function stored(view: View, entries: Iterable<ConfigEntry>): StoredIntention[] {
  return [...entries].flatMap((entry) =>
    entry.kind === 'service-intentions' ? storedIntentionsIn(view, entry) : [],
  );
}
