import { visibleLine } from '@chancery/cli';

/** What a piece of text means to its reader; how that looks is decided where it is painted. */
export type Tone = 'plain' | 'faint' | 'strong' | 'good' | 'bad' | 'warn' | 'accent';

/** A piece of text in one tone, safe to be given to a terminal. */
export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

/** One line of the screen. */
export interface Line {
  readonly spans: readonly Span[];
  /** Whether the cursor is on it. */
  readonly selected?: boolean;
}

/** A piece of text; what would steer the terminal is shown as its code. */
export function span(text: string, tone: Tone = 'plain'): Span {
  return { text: visibleLine(text), tone };
}

/** A line of pieces; a string is a plain one. */
export function line(...parts: readonly (Span | string)[]): Line {
  return { spans: parts.map((part) => (typeof part === 'string' ? span(part) : part)) };
}

/** A line without anything on it. */
export const blank: Line = { spans: [] };

/** What a line says, without how it looks. */
export function lineText({ spans }: Line): string {
  return spans.map(({ text }) => text).join('');
}

/** Whether two lines look the same. */
export function isSameLine(a: Line, b: Line): boolean {
  if (a.selected !== b.selected || a.spans.length !== b.spans.length) return false;
  return a.spans.every(({ text, tone }, at) => {
    const other = b.spans[at];
    return other?.text === text && other.tone === tone;
  });
}
