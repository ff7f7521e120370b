import type { DatacenterUsage, Usage } from '@chancery/client';
import { columns } from '../output/columns.ts';

/** Whether rows name their datacenter and a total follows them. */
export type UsageScope = 'one' | 'all';

const gap = 6;
/** Consul's header of that table ends in so much space. */
const countHeader = 'Count'.padEnd(17);

/** The nodes, services and instances of each datacenter. */
export function billableText(usage: Usage, scope: UsageScope): string {
  const each = sorted(usage);
  return [
    `Billable Service Instances Total: ${sum(each, billable)}`,
    ...each.map(([name, figures]) => `${name} Billable Service Instances: ${billable(figures)}`),
    '',
    'Billable Services',
    columns(scope === 'all' ? servicesOfAll(each) : servicesOfOne(each), gap),
    '',
    '',
    'Nodes',
    columns(
      [
        ['Datacenter', countHeader],
        ...each.map(([name, { Nodes }]) => [name, String(Nodes)]),
        ['', ''],
        ['Total', sum(each, ({ Nodes }) => Nodes)],
      ],
      gap,
    ),
    '',
    '',
  ].join('\n');
}

/** What takes part in the mesh in each datacenter, by its kind. */
export function connectText(usage: Usage, scope: UsageScope): string {
  const rows = sorted(usage).flatMap(([datacenter, { ConnectServiceInstances }]) =>
    Object.entries(ConnectServiceInstances)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, count]) => [datacenter, kind, String(count)]),
  );
  const header = ['Datacenter', 'Type', 'Service instances'];
  const total = rows.reduce((all, [, , count]) => all + Number(count), 0);
  const shown =
    scope === 'all'
      ? [header, ...rows, ['', '', ''], ['Total', '', String(total)]]
      : [header, ...rows].map(([, ...others]) => others);
  return `Connect Services\n${columns(shown, gap)}`;
}

type Figures = readonly (readonly [string, DatacenterUsage])[];

function servicesOfOne(each: Figures): readonly (readonly string[])[] {
  const rows = each.map(([, figures]) => [String(figures.Services), String(billable(figures))]);
  return [['Services', 'Service instances'], ...rows];
}

function servicesOfAll(each: Figures): readonly (readonly string[])[] {
  return [
    ['Datacenter', 'Services', 'Service instances'],
    ...each.map(([name, figures]) => [name, String(figures.Services), String(billable(figures))]),
    ['', '', ''],
    ['Total', sum(each, ({ Services }) => Services), sum(each, billable)],
  ];
}

function billable({ BillableServiceInstances }: DatacenterUsage): number {
  return BillableServiceInstances;
}

function sum(each: Figures, figure: (of: DatacenterUsage) => number): string {
  return String(each.reduce((all, [, figures]) => all + figure(figures), 0));
}

function sorted(usage: Usage): Figures {
  return Object.entries(usage).sort(([a], [b]) => (a < b ? -1 : 1));
}
