import { plainValue } from '@chancery/mesh-api/client';
import { Action, type DeclaredChange, type FieldChange } from '@chancery/mesh-api/v1/change';
import { visibleLine } from '../output/visible-text.ts';
import { byElement } from './by-element.ts';
import { cut, type Extent, folded, valueLines } from './value-lines.ts';

/** What a line is about: something that comes, goes, or changes; or what is to be known of that. */
export type Sign = '+' | '-' | '~' | '!';

/** One line of what a change comes to. */
export interface DiffLine {
  readonly sign?: Sign;
  readonly text: string;
  /** Two spaces each. */
  readonly depth: number;
}

const signs: Readonly<Record<Action, Sign>> = {
  [Action.UNSPECIFIED]: '~',
  [Action.CREATE]: '+',
  [Action.UPDATE]: '~',
  [Action.DELETE]: '-',
};

/** The sign of what becomes of something. */
export function signOf(action: Action): Sign {
  return signs[action] ?? '~';
}

/** A change of something declared: its kind and name, then its fields. */
export function declaredLines(change: DeclaredChange, extent: Extent, depth = 1): DiffLine[] {
  const { kind, name, action, fields } = change;
  const telling = fields.filter(
    (field) => !isIn(field, 'Kind', kind) && !isIn(field, 'Name', name),
  );
  return [
    { sign: signOf(action), text: `${kind} ${visibleLine(name)}`, depth },
    ...fieldLines(telling.flatMap(byElement), extent, depth + 2),
  ];
}

/** So many things that are declared are told: more nobody reads by and by. */
const declaredAtMost = 100;

/** Changes of things that are declared, and how many are not shown. */
export function changesLines(
  changes: readonly DeclaredChange[],
  extent: Extent,
): readonly DiffLine[] {
  const { shown, hidden } = folded(changes, extent.most && declaredAtMost);
  return [
    ...shown.flatMap((change) => declaredLines(change, extent)),
    ...(hidden === 0 ? [] : [{ text: more(hidden, 'changes'), depth: 1 }]),
  ];
}

/** How many of some changes have a sign. */
export function signed(changes: readonly DeclaredChange[], sign: Sign): string {
  return inWords(changes.filter(({ action }) => signOf(action) === sign).length);
}

/** `2,000` */
export function inWords(count: number): string {
  return count.toLocaleString('en-US');
}

const ofRegistration: readonly string[] = ['service', 'node', 'check'];

/** Whether it comes of a registration, not of an entry. */
export function isRegistered({ kind }: DeclaredChange): boolean {
  return ofRegistration.includes(kind);
}

/** Whether the line about the whole says it already. */
function isIn({ path, before, after }: FieldChange, key: string, value: string): boolean {
  return path === key && [before, after].every((each) => [undefined, value].includes(textOf(each)));
}

function textOf(value: FieldChange['before']): string | undefined {
  return value?.kind.case === 'stringValue' ? value.kind.value : undefined;
}

/** Fields that differ, and how many are not shown. */
export function fieldLines(
  fields: readonly FieldChange[],
  extent: Extent,
  depth: number,
): readonly DiffLine[] {
  const telling = extent.most === undefined ? fields : fields.filter(saysSomething);
  const { shown, hidden } = folded(telling, extent.most);
  return [
    ...shown.flatMap((field) => linesOf(field, extent, depth)),
    ...(hidden === 0 ? [] : [{ text: more(hidden, 'fields'), depth }]),
  ];
}

/** That an empty field comes or goes says nothing; that one becomes empty does. */
function saysSomething({ before, after }: FieldChange): boolean {
  if (before !== undefined && after !== undefined) return true;
  return !['""', '[]', '{}', 'null', 'false'].includes(JSON.stringify(plainValue(before ?? after)));
}

/** What stands for things that are not shown. */
export function more(hidden: number, things = ''): string {
  return `… ${inWords(hidden)} more ${things === '' ? '' : `${things} `}(-all shows them)`;
}

/** Before each text stand a sign and a space. */
const signWidth = 2;
/** A value in less room than this tells nothing. */
const leastRoom = 16;

function linesOf({ path, before, after }: FieldChange, extent: Extent, depth: number): DiffLine[] {
  const name = path === '' ? 'all of it' : visibleLine(path);
  const sign: Sign = before === undefined ? '+' : after === undefined ? '-' : '~';
  const values = [before, after].filter((value) => value !== undefined).map(inline);
  const whole = `${name}: ${values.join(' -> ')}`;
  const room = extent.width && extent.width - depth * 2 - signWidth;
  if (room === undefined || whole.length <= room) return [{ sign, text: whole, depth }];
  const isOneLine = extent.lines === 1 && values.length === 1;
  if (isOneLine && name.length + leastRoom <= room)
    return [{ sign, text: cut(whole, room), depth }];
  return [
    { sign, text: `${name}:`, depth },
    ...(before === undefined ? [] : valueBlock('-', before, extent, depth + 2)),
    ...(after === undefined ? [] : valueBlock('+', after, extent, depth + 2)),
  ];
}

function inline(value: FieldChange['before']): string {
  return visibleLine(JSON.stringify(plainValue(value)));
}

function valueBlock(
  sign: Sign,
  value: FieldChange['before'],
  { width, lines }: Extent,
  depth: number,
): DiffLine[] {
  const room = width && width - depth * 2 - signWidth;
  if (lines === 1) return [{ sign, text: cut(inline(value), room), depth }];
  const { shown, hidden } = folded(valueLines(plainValue(value), room), lines);
  return [
    ...shown.map((text): DiffLine => ({ sign, text, depth })),
    ...(hidden === 0 ? [] : [{ text: more(hidden, 'lines'), depth }]),
  ];
}
