/** What begins the key of a list's element, to be told from the key of an object. */
const mark = '\0';

/** An element of a list in a path: where it stands, or what it is called. `side` keeps what is gone apart from what is new. */
export function elementKey(side: 'gone' | 'new' | 'both', label: string): string {
  return `${mark}${side}[${label}]`;
}

/** Keys as a JSON path: `Proxy.Upstreams[0]["odd key"]`. */
export function fieldPath(keys: readonly (string | number)[]): string {
  return keys
    .map((key) => step(String(key)))
    .join('')
    .replace(/^\./, '');
}

function step(key: string): string {
  if (key.startsWith(mark)) return key.slice(key.indexOf('['));
  return /^[\w@-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
