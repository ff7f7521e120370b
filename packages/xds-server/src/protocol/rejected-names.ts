/**
 * Which of the sent names the text of an `error_detail` speaks of. Envoy has no field for it; it puts the
 * names into the sentence ("Error adding/updating listener(s) db:127.0.0.1:9191: …").
 *
 * Longer names are looked for first and taken out of the text, so that `db` is not found in `db:127.0.0.1:9191`,
 * and a name has to end where no name could go on.
 */
export function rejectedNames(reason: string, sent: readonly string[]): readonly string[] {
  const found: string[] = [];
  let text = reason;
  for (const name of [...sent].sort((a, b) => b.length - a.length)) {
    const rest = without(text, name);
    if (rest === text) continue;
    found.push(name);
    text = rest;
  }
  return found;
}

function without(text: string, name: string): string {
  if (name === '') return text;
  let result = text;
  let at = result.indexOf(name);
  while (at >= 0) {
    const end = at + name.length;
    const whole = !goesOnBefore(result, at) && !goesOnAfter(result, end);
    if (whole) result = `${result.slice(0, at)}\n${result.slice(end)}`;
    at = result.indexOf(name, at + 1);
  }
  return result;
}

const nameCharacter = /[\w\-/]/;
const innerCharacter = /[.:@]/;

function goesOnBefore(text: string, at: number): boolean {
  const last = text.charAt(at - 1);
  return nameCharacter.test(last) || (innerCharacter.test(last) && /\w/.test(text.charAt(at - 2)));
}

function goesOnAfter(text: string, end: number): boolean {
  const next = text.charAt(end);
  return nameCharacter.test(next) || (innerCharacter.test(next) && /\w/.test(text.charAt(end + 1)));
}
