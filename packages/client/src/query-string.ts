/** The parameters of a request; an `undefined` one is left out, a list is a parameter that stands several times. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** `?a=1&b=2`, sorted and encoded; empty without parameters. */
export function queryString(query: Query = {}): string {
  const sorted = Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = sorted.flatMap(([name, value]) => {
    if (value === undefined) return [];
    const values = typeof value === 'string' ? [value] : value;
    return values.map((each) => `${name}=${encodeURIComponent(each)}`);
  });
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** Without what was left open: a parameter of every request must not be overwritten by none. */
export function givenParameters(query: Query = {}): Query {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}
