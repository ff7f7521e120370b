/** A text as a header may hold it: names may hold what a header may not. */
export function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?');
}
