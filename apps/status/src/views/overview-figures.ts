import { blank, type Line, line, type Span, span } from '../frame/span.ts';
import { counted } from '../model/counted.ts';
import type { Mesh } from '../model/mesh.ts';
import { age, ago, left } from '../model/time.ts';

/** The parts of the mesh that have a line in the overview, and a view of that name. */
export const partNames = ['services', 'proxies', 'intentions', 'certificates', 'history'] as const;

/** The agent, and each part of the mesh in a line. */
export function figureLines(mesh: Mesh, now: number, cursor?: string): readonly Line[] {
  const parts = partLines(mesh, now).map((part) => areaLine(part.id, part.parts, cursor));
  return [...agentLines(mesh, now), blank, ...parts];
}

function agentLines({ overview }: Mesh, now: number): readonly Line[] {
  if (overview === undefined) return [];
  const up = age(overview.startedAt, now);
  return [
    line(
      span('  Agent        ', 'faint'),
      span(overview.node, 'strong'),
      span(` in ${overview.datacenter}, version ${overview.version}, up ${up}`),
    ),
    line(span('  Trust domain ', 'faint'), span(overview.trustDomain)),
  ];
}

function partLines(
  mesh: Mesh,
  now: number,
): readonly { readonly id: string; readonly parts: readonly Span[] }[] {
  const { overview } = mesh;
  if (overview === undefined) return [];
  const said = [
    servicesParts(overview),
    proxiesParts(overview),
    [...counts(overview.intentions, `default ${overview.defaultAction}`), defaultSpan(overview)],
    [
      ...counts(mesh.certificates.size, `root ${left(overview.rootExpiresAt, now)}`),
      span(`  next leaf ${left(overview.nextLeafExpiresAt, now)}`, 'faint'),
    ],
    [span(`r${mesh.revision}`.padStart(6)), span(lastChange(mesh, now), 'faint')],
  ];
  return partNames.map((id, at) => ({ id, parts: said[at] ?? [] }));
}

type Figures = NonNullable<Mesh['overview']>;

function defaultSpan({ defaultAction }: Figures): Span {
  return defaultAction === 'allow'
    ? span('  ! what no intention denies is open', 'warn')
    : span('  ✓ what no intention allows is denied', 'good');
}

function servicesParts(overview: Figures): readonly Span[] {
  return [
    ...counts(overview.services, counted(overview.instances, 'instance')),
    ...figure('✓', overview.instancesPassing, 'passing', 'good'),
    ...figure('!', overview.instancesWarning, 'warning', 'warn'),
    ...figure('✗', overview.instancesCritical, 'critical', 'bad'),
  ];
}

function proxiesParts(overview: Figures): readonly Span[] {
  return [
    ...counts(overview.proxies, `${overview.proxiesConnected} connected`),
    ...figure('✓', overview.typesSynced, 'synced', 'good'),
    ...figure('…', overview.typesPending, 'pending', 'warn'),
    ...figure('✗', overview.typesRejected, 'rejected', 'bad'),
  ];
}

/** How many there are, and how many of something that belongs to them. */
function counts(count: number, more = ''): readonly Span[] {
  return [span(`${count}`.padStart(6)), span(`   ${more.padEnd(13)}`, 'faint')];
}

/** A figure with its sign; nothing that is wrong is faint, so that the eye passes over it. */
function figure(
  sign: string,
  count: number,
  word: string,
  tone: 'good' | 'warn' | 'bad',
): readonly Span[] {
  return [span(`  ${`${sign} ${count} ${word}`.padEnd(12)}`, count === 0 ? 'faint' : tone)];
}

function lastChange({ history }: Mesh, now: number): string {
  const [last] = history;
  return last === undefined ? '   nothing changed yet' : `   last change ${ago(last.at, now)}`;
}

function areaLine(id: string, parts: readonly Span[], cursor: string | undefined): Line {
  const selected = id === cursor;
  const name = `${id[0]?.toUpperCase()}${id.slice(1)}`.padEnd(13);
  return {
    spans: [span(selected ? '▸ ' : '  ', 'accent'), span(name, 'strong'), ...parts],
    selected,
  };
}
