/** One word of a filter: what has it is shown, or with `!` before it what has it not. */
interface Term {
  readonly text: string;
  readonly isInverse: boolean;
}

/** What a filter keeps: rows that every one of its words holds for. */
export type Filter = readonly Term[];

/** Reads `web !canary`: words that must be there, and words that must not. Upper and lower case are the same. */
export function parseFilter(text: string): Filter {
  return text
    .toLowerCase()
    .split(/\s+/)
    .map((word) => ({ text: word.replace(/^!/, ''), isInverse: word.startsWith('!') }))
    .filter((term) => term.text !== '');
}

/** Whether a text, in lower case, is kept. */
export function isKept(filter: Filter, text: string): boolean {
  return filter.every((term) => text.includes(term.text) !== term.isInverse);
}
