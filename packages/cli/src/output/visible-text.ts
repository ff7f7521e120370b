/**
 * A text as a terminal may be given it. Names, tags and descriptions come from whoever registered them, and may
 * hold what moves the cursor, changes a title or fills a clipboard: that is shown as its code, as JSON writes it.
 */
export function visibleText(text: string): string {
  return text.replace(steering, asCode);
}

/** The same of a text that has a line for itself: a line break in it would begin a line that is none. */
export function visibleLine(text: string): string {
  return visibleText(text).replace(/[\n\t]/g, asCode);
}

/** Control characters but tab and line end; those that reverse the direction of writing. */
const steering = /(?![\n\t])\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

function asCode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
