import stringWidth from 'string-width';
import type { Line, Span } from './span.ts';

const plain = /^[ -~]*$/;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
  return plain.test(text) ? text.length : stringWidth(text);
}

/** A text in exactly so many columns: padded, or cut with a mark where something is missing. */
export function fitted(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const taken = widthOf(text);
  if (taken <= width) {
    const room = ' '.repeat(width - taken);
    return align === 'left' ? text + room : room + text;
  }
  const head = cut(text, width - 1);
  return width <= 0 ? '' : `${head}…${' '.repeat(width - 1 - widthOf(head))}`;
}

/** A line in exactly so many columns. */
export function fitLine(line: Line, width: number): Line {
  const spans: Span[] = [];
  let room = width;
  for (const each of line.spans) {
    if (room <= 0) break;
    const taken = widthOf(each.text);
    spans.push(taken <= room ? each : { ...each, text: fitted(each.text, room) });
    room -= Math.min(taken, room);
  }
  if (room > 0) spans.push({ text: ' '.repeat(room), tone: 'plain' });
  return { ...line, spans };
}

/** As much of the beginning of a text as so many columns hold. */
function cut(text: string, width: number): string {
  if (plain.test(text)) return text.slice(0, Math.max(0, width));
  let kept = '';
  let taken = 0;
  for (const { segment } of graphemes.segment(text)) {
    taken += widthOf(segment);
    if (taken > width) return kept;
    kept += segment;
  }
  return kept;
}

/** A text in lines of at most so many columns, broken between words where that is possible. */
export function folded(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let present = '';
  for (const word of text.split(' ')) {
    const longer = present === '' ? word : `${present} ${word}`;
    if (widthOf(longer) <= width) present = longer;
    else {
      if (present !== '') lines.push(present);
      present = word;
    }
    while (widthOf(present) > width) {
      const head = cut(present, width);
      if (head === '') break;
      lines.push(head);
      present = present.slice(head.length);
    }
  }
  lines.push(present);
  return lines;
}
