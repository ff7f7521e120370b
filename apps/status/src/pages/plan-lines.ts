import type { PlanResponse } from '@chancery/mesh-api/v1/changes';
import { blank, type Line, line, span, type Tone } from '../frame/span.ts';
import { counted } from '../model/counted.ts';
import { length, milliseconds } from '../model/time.ts';
import type { PlanPage } from '../state/page.ts';
import { equivalentCommand, writeWords } from '../state/question.ts';
import { action } from '../views/history.ts';
import { field, section, sentence } from './fields.ts';
import { fieldLines } from './json-lines.ts';
import { changeLines } from './row-pages.ts';

/** A change as it would be made: what differs, whom it touches, and the command that makes the same. */
export function planLines(page: PlanPage, plan: PlanResponse, width: number): readonly Line[] {
  return [
    ...outcomeLines(page, width),
    field('Change', span(writeWords(page.write), 'strong')),
    field('Command', equivalentCommand(page.write, page.reason)),
    field('Reason', page.reason === '' ? span('none; `e` writes one', 'faint') : page.reason),
    field('Planned on', `r${plan.revision}`),
    field('Touches', touched(plan)),
    ...plan.warnings.flatMap((text) => sentence(text, { width, mark: span('! ', 'warn') })),
    ...flipLines(plan),
    ...(plan.changes.length === 0 ? [] : section('Declared')),
    ...changeLines(plan.changes, width),
    ...resourceLines(plan),
  ];
}

/** Whether there is anything to make. */
export function isIdle(plan: PlanResponse): boolean {
  return plan.changes.length === 0;
}

function outcomeLines({ applied, enforced, applying }: PlanPage, width: number): readonly Line[] {
  if (applied?.kind === 'failed') {
    return [...sentence(`Not made: ${applied.reason}`, { width, mark: span('✗ ', 'bad') }), blank];
  }
  if (applied?.kind === 'apply') {
    const made =
      applied.value.changes.length === 0
        ? 'All was so already'
        : `Made at r${applied.value.revision}`;
    return [line('  ', span(`✓ ${made}`, 'good'), ...enforcedWords(enforced)), blank];
  }
  return applying === undefined ? [] : [line('  ', span('… making it', 'warn')), blank];
}

function enforcedWords(enforced: PlanPage['enforced']): readonly ReturnType<typeof span>[] {
  if (enforced?.kind === 'failed') return [span(`, ${enforced.reason}`, 'warn')];
  if (enforced?.kind !== 'enforced') return [span(', waiting for the proxies', 'faint')];
  const { acknowledged, affected, took, lagging } = enforced.value;
  const time = took === undefined ? '' : ` in ${length(milliseconds(took))}`;
  const words = `, on ${acknowledged}/${affected} proxies${time}`;
  if (lagging.length === 0) return [span(words)];
  return [
    span(words, 'warn'),
    span(
      `: ${lagging.map(({ id }) => id).join(', ')} ${lagging.length === 1 ? 'lags' : 'lag'} behind`,
      'warn',
    ),
  ];
}

function touched({ changes, proxies, resources, proxiesConsidered }: PlanResponse): string {
  if (changes.length === 0) return 'nothing: all is so already';
  const drains = resources.filter((each) => each.drains).length;
  const draining =
    drains === 0 ? ', no listener drains' : `, ${counted(drains, 'listener')} to drain`;
  return `${counted(resources.length, 'resource')} on ${proxies.length} of ${proxiesConsidered} proxies${draining}`;
}

function flipLines({ flips, moreFlips }: PlanResponse): readonly Line[] {
  if (flips.length === 0) return [];
  return [
    ...section('Pairs that change sides'),
    ...flips.map(({ source, destination, allowedAfter, becauseBefore, becauseAfter }) =>
      line(
        '  ',
        allowedAfter ? span('✓ allowed ', 'good') : span('✗ denied  ', 'bad'),
        span(`${source} → ${destination}`, 'strong'),
        span(`  ${becauseBefore} → ${becauseAfter}`, 'faint'),
      ),
    ),
    ...more(moreFlips, '  '),
  ];
}

/** What is not told one by one. */
function more(count: number, before: string): readonly Line[] {
  return count === 0 ? [] : [line(span(`${before}and ${count} more`, 'faint'))];
}

const signs: Readonly<Record<number, readonly [sign: string, tone: Tone]>> = {
  [action.create]: ['+', 'good'],
  [action.update]: ['~', 'warn'],
  [action.delete]: ['-', 'bad'],
};

function resourceLines({ resources, proxies }: PlanResponse): readonly Line[] {
  if (resources.length === 0) return [];
  return [
    ...section('Resources that proxies are sent'),
    ...resources.flatMap(({ type, name, action, fields, moreFields, drains }, at) => {
      const [sign, tone] = signs[action] ?? ['·', 'plain' as const];
      const holders = proxies
        .filter((each) => each.resources.includes(at))
        .map((each) => each.proxy);
      return [
        line(
          '  ',
          span(`${sign} ${type.toUpperCase()} ${name}`, tone),
          span(drains ? '  drains' : '', 'warn'),
        ),
        line(span(`    on ${holders.join(', ')}`, 'faint')),
        ...fieldLines(fields, '    '),
        ...more(moreFields, '    '),
      ];
    }),
  ];
}
