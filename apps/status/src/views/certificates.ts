import type { CertificateRow } from '@chancery/mesh-api/v1/status';
import { type Span, span } from '../frame/span.ts';
import { clockTime, left, milliseconds } from '../model/time.ts';
import { type ListView, listView } from './list-view.ts';

const hour = 3_600_000;

/** What a certificate may live on for until it is worth a look; a leaf of three days is renewed after two. */
const scarce: Readonly<Record<string, number>> = { root: 30 * 24 * hour, leaf: 12 * hour };

/** Roots and leafs, and how long they live. */
export const certificatesView: ListView = listView<CertificateRow>({
  title: 'Certificates',
  columns: [
    {
      title: 'KIND',
      cell: ({ kind }) => span(kind, kind === 'root' ? 'strong' : 'plain'),
      width: [4, 6],
      spare: 0,
    },
    { title: 'NAME', cell: ({ name, id }) => span(name || id), width: [14, 44], spare: 0 },
    {
      title: 'LEFT',
      cell: ({ notAfter, kind }, now) => leftSpan({ notAfter, kind }, now),
      sortBy: ({ notAfter }) => (notAfter === undefined ? 0 : milliseconds(notAfter)),
      width: [9, 10],
      spare: 0,
    },
    {
      title: 'EXPIRES',
      cell: ({ notAfter }) => span(clockTime(notAfter), 'faint'),
      width: [19, 19],
      spare: 2,
    },
    {
      title: 'USE',
      cell: ({ kind, active }) => useSpan(kind, active),
      width: [8, 9],
      spare: 1,
    },
    {
      title: 'SERIAL',
      cell: ({ serialNumber }) => span(serialNumber, 'faint'),
      width: [11, 47],
      spare: 3,
    },
  ],
  sort: { column: 'LEFT', descending: false },
  empty: 'No certificate yet.',
  source: ({ certificates }) => certificates,
  id: ({ id }) => id,
  searched: ({ id, kind, name, serialNumber }) => `${kind} ${name} ${id} ${serialNumber}`,
  isProblem: (row, now) => isScarce(row, now),
});

/** How long a certificate lives on, with a sign where that is worth a look. */
export function leftSpan(
  row: Pick<CertificateRow, 'kind'> & { readonly notAfter?: CertificateRow['notAfter'] },
  now: number,
): Span {
  const text = left(row.notAfter, now);
  if (text === 'over') return span('✗ expired', 'bad');
  return isScarce(row, now) ? span(`! ${text}`, 'warn') : span(`✓ ${text}`, 'good');
}

function isScarce(
  {
    kind,
    notAfter,
  }: Pick<CertificateRow, 'kind'> & { readonly notAfter?: CertificateRow['notAfter'] },
  now: number,
): boolean {
  return notAfter !== undefined && milliseconds(notAfter) - now < (scarce[kind] ?? 0);
}

function useSpan(kind: string, active: boolean): Span {
  if (kind !== 'root') return span('');
  return active ? span('signs', 'strong') : span('trusted', 'faint');
}
