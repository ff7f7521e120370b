/** Reads `key=value` pairs, or names the flag and the one that is none. */
export function keyValues(
  flag: string,
  pairs: readonly string[],
):
  | { readonly ok: true; readonly value: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly message: string } {
  const value: Record<string, string> = {};
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals < 0) {
      return {
        ok: false,
        message: `invalid value "${pair}" for flag -${flag}: it must be key=value`,
      };
    }
    value[pair.slice(0, equals)] = pair.slice(equals + 1);
  }
  return { ok: true, value };
}
