/** A reason is a line of a history, which is read on terminals: more characters than this are none. */
const mostChars = 1000;

/** What steers a terminal, ends a line or turns the direction of writing. */
const steering = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/** Someone's words for why a change is made, as one line of at most 1,000 characters; undefined where they say nothing. */
export function reasonText(words: string): string | undefined {
  const line = oneLine(words.slice(0, mostChars * 4));
  if (line === '') return undefined;
  return line.length <= mostChars ? line : `${line.slice(0, mostChars - 1).toWellFormed()}…`;
}

/** A text in which nothing ends the line or steers a terminal: each run of such characters is a space, and none at its ends. */
export function oneLine(text: string): string {
  return text.replace(steering, ' ').trim();
}
