import type { ServiceRow } from '@chancery/mesh-api/v1/status';
import { type Span, span } from '../frame/span.ts';
import { type ListView, listView } from './list-view.ts';

/** Every service, with the health of its instances. */
export const servicesView: ListView = listView<ServiceRow>({
  title: 'Services',
  columns: [
    { title: 'SERVICE', cell: ({ name }) => span(name), width: [14, 44], spare: 0 },
    {
      title: 'HEALTH',
      cell: healthSpan,
      sortBy: ({ critical, warning, passing }) => -critical * 1e6 - warning * 1e3 + passing / 1e3,
      width: [14, 24],
      spare: 0,
    },
    {
      title: 'INSTANCES',
      cell: ({ instances }) => span(String(instances)),
      sortBy: ({ instances }) => instances,
      width: [9, 9],
      align: 'right',
      spare: 2,
    },
    {
      title: 'SIDECARS',
      cell: ({ sidecars, instances }) =>
        span(`${sidecars}/${instances}`, sidecars < instances ? 'faint' : 'plain'),
      sortBy: ({ sidecars }) => sidecars,
      width: [8, 9],
      align: 'right',
      spare: 1,
    },
    {
      title: 'UPSTREAMS',
      cell: ({ upstreams }) => span(upstreams.join(', '), 'faint'),
      width: [9, 48],
      spare: 3,
    },
    {
      title: 'TAGS',
      cell: ({ tags }) => span(tags.join(', '), 'faint'),
      width: [6, 32],
      spare: 4,
    },
  ],
  sort: { column: 'SERVICE', descending: false },
  empty: 'No service yet. `chancery services register FILE` registers one.',
  source: ({ services }) => services,
  id: ({ name }) => name,
  searched: ({ name, tags, upstreams, critical, warning }) =>
    `${name} ${tags.join(' ')} ${upstreams.join(' ')} ${healthWord(critical, warning)}`,
  isProblem: ({ critical, warning }) => critical + warning > 0,
});

/** The health of a service's instances, worst first, with signs. */
export function healthSpan({ instances, passing, warning, critical }: ServiceRow): Span {
  const rest = [
    ...(warning > 0 ? [`! ${warning}`] : []),
    ...(passing > 0 ? [`✓ ${passing}`] : []),
  ].join('  ');
  if (critical > 0) return span(`✗ ${critical} critical  ${rest}`.trimEnd(), 'bad');
  if (warning > 0)
    return span(`! ${warning} warning  ${passing > 0 ? `✓ ${passing}` : ''}`, 'warn');
  return instances === 0 ? span('· none', 'faint') : span(`✓ ${passing} passing`, 'good');
}

function healthWord(critical: number, warning: number): string {
  if (critical > 0) return 'critical';
  return warning > 0 ? 'warning' : 'passing';
}
