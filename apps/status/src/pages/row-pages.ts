import type { DeclaredChange } from '@chancery/mesh-api/v1/change';
import type { HistoryItem } from '@chancery/mesh-api/v1/changes';
import type { CertificateRow, IntentionRow } from '@chancery/mesh-api/v1/status';
import { type Line, line, span, type Tone } from '../frame/span.ts';
import { ago, clockTime, left } from '../model/time.ts';
import { leftSpan } from '../views/certificates.ts';
import { action } from '../views/history.ts';
import { effectSpan } from '../views/intentions.ts';
import { field, section, sentence } from './fields.ts';
import { fieldLines, jsonLines } from './json-lines.ts';

/** One certificate; its key is known to nobody but its holder. */
export function certificateLines(row: CertificateRow, now: number): readonly Line[] {
  return [
    field(
      'Kind',
      row.kind,
      ...(row.kind === 'root' ? [row.active ? ', signs' : ', trusted only'] : []),
    ),
    field('Name', row.name),
    field('ID', row.id),
    field('Left', leftSpan(row, now)),
    field('Valid from', clockTime(row.notBefore)),
    field('Valid to', clockTime(row.notAfter)),
    field('Serial', row.serialNumber || span('−', 'faint')),
  ];
}

/** One intention. */
export function intentionLines(row: IntentionRow, width: number, now: number): readonly Line[] {
  const { expiresAt, changedAt } = row;
  return [
    field('Source', row.source),
    field('Destination', row.destination),
    field('Effect', effectSpan(row.effect)),
    field('Precedence', String(row.precedence)),
    field(
      'Expires',
      expiresAt === undefined
        ? span('never', 'faint')
        : span(`in ${left(expiresAt, now)}, then it undoes itself`, 'warn'),
    ),
    field('Changed', changedAt === undefined ? '−' : `${ago(changedAt, now)} by ${row.author}`),
    ...(row.description === ''
      ? []
      : [...section('Description'), ...sentence(row.description, { width })]),
  ];
}

/** One commit: who, when, why, and each field that it changed. */
export function historyLines(item: HistoryItem, width: number, now: number): readonly Line[] {
  return [
    field('Revision', `r${item.revision}`),
    field('When', `${clockTime(item.at)}`, span(`  ${ago(item.at, now)}`, 'faint')),
    field('By', item.by),
    field('Why', item.reason === '' ? span('nothing was said', 'faint') : item.reason),
    field('Came by', item.via || span('−', 'faint')),
    ...changeLines(item.changes, width),
    ...(item.moreChanges === 0 ? [] : [line(), line('  ', span(moreWords(item), 'faint'))]),
  ];
}

function moreWords({ revision, moreChanges }: HistoryItem): string {
  return `and ${moreChanges} more: chancery history -n 1 -before ${revision + 1n} -all`;
}

const actionWords: Readonly<Record<number, readonly [sign: string, word: string, tone: Tone]>> = {
  [action.create]: ['+', 'created', 'good'],
  [action.update]: ['~', 'changed', 'warn'],
  [action.delete]: ['-', 'deleted', 'bad'],
};

/** Things that are declared, before and after, field by field; what is new or gone as a whole. */
export function changeLines(changes: readonly DeclaredChange[], width: number): readonly Line[] {
  return changes.flatMap(({ kind, name, action: what, before, after, fields }) => {
    const [sign, word, tone] = actionWords[what] ?? ['·', '', 'plain'];
    const whole = what === action.create ? after : what === action.delete ? before : undefined;
    const head = line('  ', span(`${sign} ${kind}/${name}`, tone), span(`  ${word}`, 'faint'));
    if (whole !== undefined) return [line(), head, ...jsonLines(whole, '    ')];
    if (fields.length === 0)
      return [line(), head, ...sentence('No field differs.', { width, indent: '    ' })];
    return [line(), head, ...fieldLines(fields, '    ')];
  });
}
