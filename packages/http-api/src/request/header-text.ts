import { firstOfMany } from './first-of-many.ts';

/** A text as a header may hold it: names may hold what a header may not. */
export function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?');
}

/** Many clients, Node's among them, give an answer up whose headers are longer than 16 KiB together. */
const mostWarnings = 20;
const mostChars = 500;

/** Warnings as headers may hold them: of very many the first, of a very long one the beginning. */
export function warningHeaders(warnings: readonly string[]): string[] {
  return firstOfMany(warnings, mostWarnings).map((warning) => {
    const text = headerText(warning.slice(0, mostChars));
    return warning.length > mostChars ? `${text}...` : text;
  });
}
