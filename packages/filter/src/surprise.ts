/** What is written here by people who know other languages, and what it is called in this one. */
const hints: ReadonlyArray<readonly [start: string, hint: string]> = [
  ["'", 'texts stand in double quotes or backquotes'],
  ['&&', 'write and'],
  ['||', 'write or'],
  ['==', 'on the left of it stands a selector, which is no text'],
  ['!=', 'on the left of it stands a selector, which is no text'],
  ['=', 'write =='],
  ['!', 'write not, or !='],
  ['<', 'numbers can only be compared by == and !='],
  ['>', 'numbers can only be compared by == and !='],
  ['-', 'a text with other characters than letters, digits, _ and . stands in quotes'],
];

const words = ['and', 'or', 'not', 'in', 'is', 'empty', 'contains', 'matches'];

/** Names what stands at a place where it should not, with a hint where it is a known habit. */
export function surpriseAt(text: string, offset: number): string {
  if (offset >= text.length) return 'unexpected end of the expression';
  const found = foundAt(text, offset);
  const hint = hints.find(([start]) => text.startsWith(start, offset))?.[1] ?? wordHint(found);
  const named = `unexpected ${JSON.stringify(found)}`;
  return hint === undefined ? named : `${named} (${hint})`;
}

function wordHint(found: string): string | undefined {
  const lower = found.toLowerCase();
  return lower !== found && words.includes(lower) ? `write ${lower} in lower case` : undefined;
}

function foundAt(text: string, offset: number): string {
  let end = offset;
  while (end < text.length && end - offset < 24 && isWordUnit(text[end] ?? '')) end += 1;
  if (end > offset) return text.slice(offset, end);
  return String.fromCodePoint(text.codePointAt(offset) ?? 0);
}

function isWordUnit(unit: string): boolean {
  return unit.toLowerCase() !== unit.toUpperCase() || (unit >= '0' && unit <= '9') || unit === '_';
}
