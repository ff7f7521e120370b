import type { Cursor } from './cursor.ts';

const unescaped = /[^"\\\n]+/y;

/** Passes a text in double quotes; as it is written, or undefined when its line ends before it does. */
export function passString(cursor: Cursor): string | undefined {
  const parts = [cursor.take(1)];
  while (!cursor.ended && cursor.peek() !== '\n') {
    if (cursor.peek() === '"') {
      parts.push(cursor.take(1));
      return parts.join('');
    }
    parts.push(cursor.peek() === '\\' ? cursor.take(2) : cursor.match(unescaped));
  }
  return undefined;
}

/** Reads a text; undefined when it was reported. */
export function readJsonString(cursor: Cursor): string | undefined {
  const start = cursor.position;
  const written = passString(cursor);
  if (written === undefined) {
    cursor.report('this text is never closed: end it with " on the same line', start);
    return undefined;
  }
  try {
    return JSON.parse(written) as string;
  } catch {
    const message = 'this text holds an escape or a character that JSON has not';
    cursor.report(`${message}: write \\\\ for a backslash, \\t for a tabulator`, start);
    return undefined;
  }
}
