/** A place in an expression as Consul names it: line and column count characters from one, bytes from zero. */
export interface SourcePosition {
  readonly line: number;
  readonly column: number;
  readonly byte: number;
}

/** The line, column and byte of a place that is known in UTF-16 units. */
export function positionAt(text: string, offset: number): SourcePosition {
  let line = 1;
  let column = 1;
  let byte = 0;
  for (const character of text.slice(0, offset)) {
    byte += utf8Length(character.codePointAt(0) ?? 0);
    if (character === '\n') {
      line += 1;
      column = 1;
    } else column += 1;
  }
  return { line, column, byte };
}

function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
