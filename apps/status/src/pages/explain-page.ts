import type { ExplainResponse } from '@chancery/mesh-api/v1/intentions';
import { fitted } from '../frame/fit.ts';
import { type Line, line, span } from '../frame/span.ts';
import { stateWords } from '../model/standing.ts';
import { field, section, sentence } from './fields.ts';
import { jsonLines } from './json-lines.ts';

/** Why one service may or may not reach another, from the listener of one to the filter of the other. */
export function explainLines(said: ExplainResponse, width: number): readonly Line[] {
  return [
    line(
      '  ',
      said.allowed ? span('✓ ALLOWED', 'good') : span('✗ DENIED', 'bad'),
      span(`  as of r${said.revision}`, 'faint'),
    ),
    ...sentence(said.summary, { width }),
    field('Decided by', said.winner || `the default (${said.defaultAction})`),
    ...(said.obstacles.length === 0
      ? []
      : [
          ...section('In the way, whatever is allowed'),
          ...said.obstacles.flatMap((text) => sentence(text, { width, mark: span('! ', 'warn') })),
        ]),
    ...intentionLines(said, width),
    ...enforcingLines(said, width),
    ...upstreamLines(said, width),
  ];
}

/** The numbers of `Outcome`, which is an enum and therefore more than a type. */
const outcomeMarks = [
  span('  ', 'faint'),
  span('▸ ', 'accent'),
  span('· ', 'faint'),
  span('  ', 'faint'),
] as const;

function intentionLines(
  { considered, defaultAction }: ExplainResponse,
  width: number,
): readonly Line[] {
  return [
    ...section('Intentions, in the order in which they are tried'),
    ...considered.flatMap(({ source, destination, effect, precedence, outcome, why }) => [
      line(
        '  ',
        outcomeMarks[outcome] ?? outcomeMarks[0],
        fitted(`${source} → ${destination}`, 32),
        span(
          `  ${fitted(effect, 12)}`,
          effect === 'deny' ? 'bad' : effect === 'allow' ? 'good' : 'accent',
        ),
        span(`  ${precedence}`, 'faint'),
      ),
      ...sentence(why, { width, indent: '      ' }),
    ]),
    line(span(`    then the default: ${defaultAction}`, 'faint')),
  ];
}

function enforcingLines({ enforcing }: ExplainResponse, width: number): readonly Line[] {
  return [
    ...section('What the sidecars of the destination enforce'),
    ...(enforcing.length === 0
      ? sentence('No sidecar: nothing enforces it.', { width, mark: span('! ', 'warn') })
      : enforcing.flatMap(({ proxy, filter, state, detail, effect, connected, clause }) => [
          line(
            '  ',
            fitted(proxy, 32),
            '  ',
            connected ? stateWords(state) : span('○ no stream', 'warn'),
            span(`  ${filter}`, 'faint'),
          ),
          ...(effect === '' ? [] : sentence(effect, { width, indent: '      ' })),
          ...(detail === '' ? [] : sentence(detail, { width, indent: '      ' })),
          ...(clause === undefined ? [] : jsonLines(clause, '      ')),
        ])),
  ];
}

function upstreamLines({ upstreams }: ExplainResponse, width: number): readonly Line[] {
  return [
    ...section('How the source gets there'),
    ...(upstreams.length === 0
      ? sentence('No sidecar of the source has the destination as an upstream.', { width })
      : upstreams.flatMap((each) => [
          line('  ', span(each.proxy, 'strong'), ` listens on ${each.listener}`),
          field('  Cluster', each.cluster),
          field('  SNI', each.sni),
          field('  Expects', each.expectedSan),
          ...each.endpoints.map(({ instance, address, health, used }) =>
            line(
              `    ${fitted(instance, 28)} ${fitted(address, 22)} `,
              span(used ? `✓ ${health}` : `✗ ${health}, not used`, used ? 'good' : 'bad'),
            ),
          ),
        ])),
  ];
}
