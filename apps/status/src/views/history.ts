import type { DeclaredChange } from '@chancery/mesh-api/v1/change';
import type { HistoryItem } from '@chancery/mesh-api/v1/changes';
import { type Span, span } from '../frame/span.ts';
import { age, milliseconds } from '../model/time.ts';
import { type ListView, listView } from './list-view.ts';

/** The numbers of `Action`, which is an enum and therefore more than a type. */
export const action = { create: 1, update: 2, delete: 3 } as const;

/** What was changed, by whom and why. */
export const historyView: ListView = listView<HistoryItem>({
  title: 'History',
  columns: [
    {
      title: 'REV',
      cell: ({ revision }) => span(`r${revision}`, 'strong'),
      sortBy: ({ revision }) => Number(revision),
      width: [5, 10],
      spare: 0,
    },
    {
      title: 'AGO',
      cell: ({ at }, now) => span(age(at, now), 'faint'),
      sortBy: ({ at }) => (at === undefined ? 0 : -milliseconds(at)),
      width: [7, 7],
      align: 'right',
      spare: 1,
    },
    { title: 'BY', cell: ({ by }) => span(by), width: [8, 24], spare: 2 },
    { title: 'CHANGE', cell: (item) => changesSpan(item), width: [23, 60], spare: 0 },
    { title: 'WHY', cell: whySpan, width: [12, 60], spare: 3 },
  ],
  sort: { column: 'REV', descending: true },
  empty: 'Nothing was changed yet, or the history begins later.',
  source: ({ history }) => history,
  id: ({ revision }) => String(revision),
  searched: ({ revision, by, reason, via, changes }) =>
    `r${revision} ${by} ${reason} ${via} ${changes.map(changeWords).join(' ')}`,
});

const actionSigns: Readonly<Record<number, string>> = {
  [action.create]: '+',
  [action.update]: '~',
  [action.delete]: '-',
};

/** One thing that was changed: `+ service-intentions/db`. */
export function changeWords({ action, kind, name }: DeclaredChange): string {
  return `${actionSigns[action] ?? '·'} ${kind}/${name}`;
}

/** The changes of one commit in a few words; none of none. A check comes with its service, which says more. */
export function changesWords({
  changes,
  moreChanges,
}: Pick<HistoryItem, 'changes' | 'moreChanges'>): string | undefined {
  const telling = changes.find(({ kind }) => kind !== 'check') ?? changes[0];
  if (telling === undefined) return undefined;
  const more = changes.length - 1 + moreChanges;
  return more === 0 ? changeWords(telling) : `${changeWords(telling)} and ${more} more`;
}

function changesSpan(item: HistoryItem): Span {
  const words = changesWords(item);
  return words === undefined ? span('−', 'faint') : span(words);
}

function whySpan({ reason, via }: HistoryItem): Span {
  return reason === '' ? span(via, 'faint') : span(`"${reason}"`);
}
