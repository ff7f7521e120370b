/**
 * The words of a command line up to the cursor, without their quotes; the last one is the word that the cursor is in,
 * and empty behind a space. Settings before the program, such as `A=1`, are left out.
 */
export function shellWords(line: string): readonly string[] {
  const words: string[] = [''];
  for (const [part] of line.matchAll(/\s+|'[^']*'?|"(?:\\.|[^"\\])*"?|\\.?|[^\s'"\\]+/gs)) {
    if (/^\s/.test(part)) words.push('');
    else words[words.length - 1] += unquoted(part);
  }
  if (words[0] === '' && words.length > 1) words.shift();
  while (words.length > 1 && /^\w+=/.test(words[0] ?? '')) words.shift();
  return words;
}

/** A part of a word without its quotes, which may be open at its end. */
export function unquoted(part: string): string {
  if (part.startsWith("'")) return part.replaceAll("'", '');
  if (part.startsWith('"')) return part.replace(/^"|"$/g, '').replace(/\\(["\\$`])/g, '$1');
  return part.replace(/\\(.)/gs, '$1').replace(/\\$/, '');
}
