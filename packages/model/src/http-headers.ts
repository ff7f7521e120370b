import { type Decoder, describe, mapOf, text } from './primitives.ts';
import { report, within } from './scope.ts';

/** What a header may hold. */
export const headerValue: Decoder<string> = (value, scope) => {
  const found = text(value, scope);
  if (found === undefined || /^[\t\x20-\x7e\x80-\xff]*$/.test(found)) return found;
  return report(scope, `${describe(found)} holds what a header may not`);
};

/** Headers by their names. */
export function headersOf<T>(item: Decoder<T>): Decoder<Readonly<Record<string, T>>> {
  const read = mapOf(item);
  return (value, scope) => {
    const found = read(value, scope);
    for (const name of Object.keys(found ?? {})) {
      if (/^[\w!#$%&'*+.^`|~-]+$/.test(name)) continue;
      report(within(scope, name), `${describe(name)} is no name of a header`);
    }
    return found;
  };
}
