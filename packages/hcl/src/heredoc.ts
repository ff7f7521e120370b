import type { Cursor } from './cursor.ts';

const opening = /<<(-?)([\p{L}\p{Nd}_]+)[ \t\r]*(?=\n)/uy;

/**
 * Reads a text of several lines, `<<EOF` or `<<-EOF`, up to the line that holds its mark alone. With the dash
 * the indentation of the mark is taken from every line, if every line has it. Undefined when it was reported.
 */
export function readHeredoc(cursor: Cursor): string | undefined {
  const start = cursor.position;
  const head = cursor.match(opening);
  if (head === '') {
    cursor.take(cursor.startsWith('<<') ? 2 : 1);
    cursor.report('expected "<<" and a mark such as EOF, alone until the end of the line', start);
    return undefined;
  }
  const mark = head.replace(/^<<-?/, '').trim();
  cursor.take(1);
  const from = cursor.offset;
  const last = findMark(cursor.text, from, mark);
  if (last === undefined) {
    cursor.giveUp(`this text is never closed: end it with ${mark} on a line of its own`, start);
  }
  cursor.take(last.start - from);
  const body = cursor.text.slice(from, last.start);
  const indentation = cursor.take(last.end - last.start).slice(0, -mark.length);
  return head.startsWith('<<-') ? unindented(body, indentation) : body + indentation;
}

/** The line that holds the mark and nothing else but spaces before it. */
function findMark(text: string, from: number, mark: string): Span | undefined {
  for (let start = from; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const stop = newline < 0 ? text.length : newline;
    const end = trimmedEnd(text, start, stop);
    if (text.startsWith(mark, end - mark.length) && isBlank(text, start, end - mark.length)) {
      return { start, end };
    }
    start = stop + 1;
  }
  return undefined;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function trimmedEnd(text: string, start: number, stop: number): number {
  let end = stop;
  while (end > start && text[end - 1] === '\r') end--;
  return end;
}

function isBlank(text: string, start: number, end: number): boolean {
  if (end < start) return false;
  for (let index = start; index < end; index++) {
    if (text[index] !== ' ' && text[index] !== '\t') return false;
  }
  return true;
}

function unindented(body: string, indentation: string): string {
  const lines = body.split('\n');
  const content = lines.slice(0, -1);
  if (!content.every((line) => line.startsWith(indentation))) return body;
  return [...content.map((line) => line.slice(indentation.length)), ''].join('\n');
}
