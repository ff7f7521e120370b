import { Action, type DeclaredChange } from '@chancery/mesh-api/v1/change';
import type { HistoryItem, ListHistoryResponse } from '@chancery/mesh-api/v1/changes';
import { visibleLine } from '../output/visible-text.ts';
import { type DiffLine, declaredLines } from './diff-lines.ts';
import type { Extent } from './value-lines.ts';

/** The history for people, newest first; `isNarrowed` where only a part of it was asked for. */
export function historyLines(
  history: ListHistoryResponse,
  extent: Extent,
  isNarrowed: boolean,
): readonly DiffLine[] {
  const { items, more, floor } = history;
  const end = more
    ? `… more before revision ${items.at(-1)?.revision} (-n, -before)`
    : floor > 0n
      ? `What was changed up to revision ${floor} is no longer kept.`
      : undefined;
  const nothing = isNarrowed ? 'Nothing that was asked for was changed.' : 'Nothing was changed.';
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
    ...(reason === '' ? [] : [{ text: `"${visibleLine(reason)}"`, depth: 1 }]),
    ...changes.flatMap((change) => changeLines(change, extent)),
    { text: '', depth: 0 },
  ];
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
const registrations = ['service', 'node', 'check'];

/** A history is skimmed: that something was registered is told, and what of it changed later. */
function changeLines(change: DeclaredChange, extent: Extent): readonly DiffLine[] {
  if (extent.most === undefined) return declaredLines(change, extent);
  const isWhole = change.action !== Action.UPDATE && registrations.includes(change.kind);
  return declaredLines(isWhole ? { ...change, fields: [] } : change, {
    ...extent,
    most: shortest,
    lines: 1,
  });
}
