/**
 * Quotes a text so that a regular expression matches exactly it. Every name that enters a regular
 * expression goes through here: an unquoted dot in a deny rule would fail open.
 *
 * The set is RE2's own list of operators outside a character class, so the result must not be put
 * inside `[...]`. RE2 and JavaScript read the result alike.
 */
export function literal(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, String.raw`\$&`).replaceAll('\0', String.raw`\x00`);
}
