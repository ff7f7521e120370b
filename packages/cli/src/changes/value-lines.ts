import { visibleLine } from '../output/visible-text.ts';

/** How much is shown. */
export interface Extent {
  /** Characters of a line. Absent: as many as it takes. */
  readonly width?: number;
  /** Fields of one thing, proxies of one resource, and so on. Absent: all, also fields that say nothing. */
  readonly most?: number;
  /** Lines of one value. Absent: all. */
  readonly lines?: number;
}

/** The first of many, and how many are left out. Leaving out one saves nothing. */
export function folded<T>(
  items: readonly T[],
  most: number | undefined,
): { readonly shown: readonly T[]; readonly hidden: number } {
  if (most === undefined || items.length <= most + 1) return { shown: items, hidden: 0 };
  return { shown: items.slice(0, most), hidden: items.length - most };
}

/** A JSON value in lines of some room: what fits into one is not broken. */
export function valueLines(value: unknown, room: number | undefined): readonly string[] {
  return broken(value, room, '', '').map((line) => cut(line, room));
}

function broken(value: unknown, room: number | undefined, before: string, after: string): string[] {
  const whole = `${before}${visibleLine(JSON.stringify(value))}${after}`;
  if (room === undefined || whole.length <= room || !isNested(value)) return [whole];
  const items: readonly (readonly [string, unknown])[] = Array.isArray(value)
    ? value.map((item: unknown) => ['', item])
    : Object.entries(value).map(([key, item]) => [`${visibleLine(JSON.stringify(key))}: `, item]);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const inner = items.flatMap(([key, item], at) =>
    broken(item, room - 2, key, at === items.length - 1 ? '' : ','),
  );
  return [`${before}${open}`, ...inner.map((line) => `  ${line}`), `${close}${after}`];
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** A text in a line of some room. */
export function cut(text: string, room: number | undefined): string {
  return room === undefined || text.length <= room ? text : `${text.slice(0, room - 1)}…`;
}
