import type { IntentionRow } from '@chancery/mesh-api/v1/status';
import { type Span, span } from '../frame/span.ts';
import { intentionId } from '../model/mesh.ts';
import { age, left, milliseconds } from '../model/time.ts';
import { type ListView, listView } from './list-view.ts';

/** The intentions as a table, beside the matrix of what they come to. */
export const intentionsView: ListView = listView<IntentionRow>({
  title: 'Intentions',
  columns: [
    { title: 'SOURCE', cell: ({ source }) => span(source), width: [10, 32], spare: 0 },
    {
      title: 'DESTINATION',
      cell: ({ destination }) => span(destination),
      width: [11, 32],
      spare: 0,
    },
    { title: 'EFFECT', cell: ({ effect }) => effectSpan(effect), width: [9, 16], spare: 0 },
    {
      title: 'EXPIRES',
      cell: ({ expiresAt }, now) =>
        expiresAt === undefined
          ? span('never', 'faint')
          : span(`in ${left(expiresAt, now)}`, 'warn'),
      sortBy: ({ expiresAt }) =>
        expiresAt === undefined ? Number.POSITIVE_INFINITY : milliseconds(expiresAt),
      width: [9, 10],
      spare: 1,
    },
    {
      title: 'CHANGED',
      cell: ({ changedAt }, now) => span(age(changedAt, now), 'faint'),
      sortBy: ({ changedAt }) => (changedAt === undefined ? 0 : -milliseconds(changedAt)),
      width: [7, 8],
      align: 'right',
      spare: 3,
    },
    { title: 'BY', cell: ({ author }) => span(author, 'faint'), width: [6, 20], spare: 2 },
    {
      title: 'PRECEDENCE',
      cell: ({ precedence }) => span(String(precedence), 'faint'),
      sortBy: ({ precedence }) => -precedence,
      width: [10, 10],
      align: 'right',
      spare: 4,
    },
    {
      title: 'DESCRIPTION',
      cell: ({ description }) => span(description, 'faint'),
      width: [12, 60],
      spare: 5,
    },
  ],
  sort: { column: 'SOURCE', descending: false },
  empty:
    'No intention yet: the default decides. `chancery intention create -deny SRC DST` makes one.',
  source: ({ intentions }) => intentions,
  id: intentionId,
  searched: ({ source, destination, effect, author, description }) =>
    `${source} ${destination} ${effect} ${author} ${description}`,
});

/** What an intention does, with a sign. */
export function effectSpan(effect: string): Span {
  if (effect === 'allow') return span('✓ allow', 'good');
  if (effect === 'deny') return span('✗ deny', 'bad');
  return span(`· ${effect}`, 'accent');
}
