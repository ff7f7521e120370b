import { typeNames } from '@chancery/mesh-api/calls';
import type { Proxy as MeshProxy } from '@chancery/mesh-api/v1/proxies';
import { type Span, span } from '../frame/span.ts';
import type { Column } from '../frame/table.ts';
import { isTroubled, standing, standingSpan, stateSign } from '../model/standing.ts';
import { age, left, milliseconds } from '../model/time.ts';
import { type ListView, listView } from './list-view.ts';

const severity = { rejected: 0, pending: 1, offline: 2, new: 3, synced: 4 } as const;

const typeColumns = typeNames.map(
  (name): Column<MeshProxy> => ({
    title: name.toUpperCase(),
    cell: (proxy) => typeCell(proxy, name),
    sortBy: (proxy) => typeOf(proxy, name)?.state ?? 0,
    width: [name.length + 1, name.length + 1],
    spare: 1,
  }),
);

/** What each proxy was sent, and what it said to it. */
export const proxiesView: ListView = listView<MeshProxy>({
  title: 'Proxies',
  columns: [
    { title: 'PROXY', cell: ({ id }) => span(id), width: [12, 44], spare: 0 },
    {
      title: 'STATE',
      cell: standingSpan,
      sortBy: (proxy) => severity[standing(proxy)],
      width: [15, 17],
      spare: 0,
    },
    ...typeColumns,
    {
      title: 'STREAM',
      cell: ({ streamSince }, now) => span(age(streamSince, now), 'faint'),
      sortBy: ({ streamSince }) => (streamSince ? milliseconds(streamSince) : 0),
      width: [7, 7],
      align: 'right',
      spare: 2,
    },
    { title: 'SERVICE', cell: ({ service }) => span(service), width: [8, 28], spare: 3 },
    {
      title: 'REVISION',
      cell: revisionCell,
      sortBy: ({ acknowledgedRevision }) => Number(acknowledgedRevision),
      width: [10, 16],
      align: 'right',
      spare: 4,
    },
    {
      title: 'CERT',
      cell: ({ certificateExpiresAt }, now) => span(left(certificateExpiresAt, now), 'faint'),
      sortBy: ({ certificateExpiresAt }) =>
        certificateExpiresAt ? milliseconds(certificateExpiresAt) : 0,
      width: [6, 7],
      align: 'right',
      spare: 5,
    },
    { title: 'NODE', cell: ({ node }) => span(node, 'faint'), width: [6, 24], spare: 6 },
    {
      title: 'VERSION',
      cell: ({ userAgent }) => span(userAgent, 'faint'),
      width: [9, 16],
      spare: 7,
    },
  ],
  sort: { column: 'STATE', descending: false },
  empty: 'No proxy yet. `chancery connect envoy -sidecar-for NAME` starts one for a service.',
  source: ({ proxies }) => proxies,
  id: ({ id }) => id,
  searched: (proxy) =>
    `${proxy.id} ${proxy.service} ${proxy.node} ${proxy.userAgent} ${standing(proxy)}`,
  isProblem: isTroubled,
});

function typeOf(proxy: MeshProxy, name: string): MeshProxy['types'][number] | undefined {
  return proxy.types.find(({ type }) => type === name);
}

function typeCell(proxy: MeshProxy, name: string): Span {
  const type = typeOf(proxy, name);
  return type === undefined ? span('·', 'faint') : stateSign(type.state);
}

/** What it has acknowledged all of, against what was built for it. */
function revisionCell({ acknowledgedRevision, builtRevision }: MeshProxy): Span {
  if (acknowledgedRevision >= builtRevision) return span(`r${builtRevision}`, 'faint');
  return span(`r${acknowledgedRevision}/${builtRevision}`, 'warn');
}
