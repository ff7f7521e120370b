/** How much room what goes on has at least, in characters. */
const room = 24;

/**
 * Text with its lines broken at spaces to fit a width. What goes on begins where the last column of its line began,
 * two spaces at least behind the one before, as long as that leaves it room. Without a width nothing is broken.
 */
export function folded(text: string, width: number | undefined): string {
  if (width === undefined) return text;
  return text
    .split('\n')
    .flatMap((line) => foldedLine(line, width))
    .join('\n');
}

function foldedLine(line: string, width: number): readonly string[] {
  if (line.length <= width) return [line];
  const column = lastColumn(line);
  const indent = ' '.repeat(Math.max(0, Math.min(column, width - room)));
  const lines: string[] = [];
  let last = line.slice(0, column);
  let space = '';
  for (const word of line.slice(column).split(' ')) {
    if (last.trim() !== '' && `${last}${space}${word}`.length > width) {
      lines.push(last.trimEnd());
      last = `${indent}${word}`;
    } else last += `${space}${word}`;
    space = ' ';
  }
  return [...lines, last];
}

/** Where the text begins that stands behind the last gap. */
function lastColumn(line: string): number {
  const gap = line.lastIndexOf('  ');
  return gap < 0 ? 0 : gap + 2;
}
