import { Action, type DeclaredChange, type FieldChange } from '@chancery/mesh-api/v1/change';
import type { HistoryItem, ListHistoryResponse } from '@chancery/mesh-api/v1/changes';
import { folded as atSpaces } from '../output/folded.ts';
import { visibleLine } from '../output/visible-text.ts';
import { type DiffLine, declaredLines, isRegistered, more } from './diff-lines.ts';
import { type Extent, folded } from './value-lines.ts';

/** The history for people, newest first; `part` says what of it was asked for, in words. */
export function historyLines(
  history: ListHistoryResponse,
  extent: Extent,
  part: string,
): readonly DiffLine[] {
  const { items, more, floor } = history;
  const end = more
    ? `… more before revision ${items.at(-1)?.revision} (-n, -before)`
    : floor > 0n
      ? `What was changed up to revision ${floor} is no longer kept.`
      : undefined;
  const nothing = part === '' ? 'Nothing was changed.' : `No change of ${part} is in the history.`;
  return [
    ...(items.length === 0 ? [{ text: nothing, depth: 0 }] : []),
    ...items.flatMap((item) => itemLines(item, extent)),
    ...(end === undefined ? [] : [{ text: end, depth: 0 }]),
  ];
}

function itemLines(item: HistoryItem, extent: Extent): readonly DiffLine[] {
  const { reason, changes } = item;
  return [
    ...headLines(item, extent),
    ...reasonLines(reason, extent),
    ...itsChanges(changes, extent),
    { text: '', depth: 0 },
  ];
}

function reasonLines(reason: string, { width }: Extent): readonly DiffLine[] {
  if (reason === '') return [];
  const room = width && width - 2;
  const lines = atSpaces(`"${visibleLine(reason)}"`, room).split('\n');
  return lines.map((text) => ({ text, depth: 1 }));
}

/** What it came by has a line of its own where it does not fit. */
function headLines({ revision, at, by, via }: HistoryItem, { width }: Extent): DiffLine[] {
  const when = at === undefined ? '' : new Date(Number(at.seconds) * 1000).toISOString();
  const head = [`revision ${revision}`, when.replace(/\.000Z$/, 'Z'), visibleLine(by)].join('  ');
  const whole = via === '' ? head : `${head}  ${visibleLine(via)}`;
  if (width === undefined || whole.length <= width) return [{ text: whole, depth: 0 }];
  return [
    { text: head, depth: 0 },
    { text: visibleLine(via), depth: 1 },
  ];
}

const shortest = 4;

/** A history is skimmed: of a commit that changed much, what came first and how much more there is. */
function itsChanges(changes: readonly DeclaredChange[], extent: Extent): readonly DiffLine[] {
  const { shown, hidden } = folded(changes, extent.most);
  return [
    ...shown.flatMap((change) => changeLines(change, extent)),
    ...(hidden === 0 ? [] : [{ text: more(hidden, 'changes'), depth: 1 }]),
  ];
}

/** That something was registered is told, and what of it changed later. */
function changeLines(change: DeclaredChange, extent: Extent): readonly DiffLine[] {
  if (extent.most === undefined) return declaredLines(change, extent);
  const short = { ...extent, most: shortest, lines: 1 };
  if (change.action !== Action.UPDATE && isRegistered(change)) {
    return declaredLines({ ...change, fields: [] }, short);
  }
  const fields = change.fields.filter((field) => !isNamed(field, change));
  return declaredLines({ ...change, fields }, short);
}

/** Whether it is said by the name already: that of an intention's end has both of its services. */
function isNamed({ path }: FieldChange, { kind }: DeclaredChange): boolean {
  return kind === 'intention-deadline' && ['SourceName', 'DestinationName'].includes(path);
}
