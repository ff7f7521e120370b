import type { HeaderPattern, RequestPattern } from './intention.ts';

/** A request as a proxy sees it. */
export interface ShownRequest {
  readonly method: string;
  /** With its query, if it has one: permissions are not about that. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Whether a regular expression of RE2 stands for a text from its beginning to its end. */
export type MatchesPattern = (pattern: string, text: string) => boolean;

/** What of a request is not as a pattern has it, in words; undefined where all is. */
export function mismatch(
  pattern: RequestPattern,
  request: ShownRequest,
  matches: MatchesPattern,
): string | undefined {
  const { methods, header } = pattern;
  const method = request.method.toUpperCase();
  if (methods.length > 0 && !methods.includes(method)) {
    return `the method ${method} is not ${methods.join(' or ')}`;
  }
  return (
    pathMismatch(pattern, request.path, matches) ??
    header.map((each) => headerMismatch(each, request, matches)).find((found) => found)
  );
}

function pathMismatch(
  { pathExact, pathPrefix, pathRegex }: RequestPattern,
  shown: string,
  matches: MatchesPattern,
): string | undefined {
  const path = shown.replace(/[?#].*$/s, '');
  if (pathExact !== undefined && path !== pathExact) return `the path is not ${pathExact}`;
  if (pathPrefix !== undefined && !path.startsWith(pathPrefix)) {
    return `the path does not begin with ${pathPrefix}`;
  }
  if (pathRegex !== undefined && !matches(pathRegex, path)) {
    return `the path does not match ${pathRegex}`;
  }
  return undefined;
}

function headerMismatch(
  pattern: HeaderPattern,
  { headers }: ShownRequest,
  matches: MatchesPattern,
): string | undefined {
  const { name, present, invert = false } = pattern;
  const wanted = name.toLowerCase();
  const value = Object.entries(headers).find(([each]) => each.toLowerCase() === wanted)?.[1];
  if (present) {
    if ((value !== undefined) !== invert) return undefined;
    return `the header ${name} is ${invert ? 'there' : 'missing'}`;
  }
  // As for Envoy, a header that is missing looks neither so nor otherwise.
  if (value === undefined) return `the header ${name} is missing`;
  const [looks, so] = looksSo(pattern, value, matches);
  return so === invert ? `the header ${name} ${invert ? 'does' : 'does not'} ${looks}` : undefined;
}

/** What a value is held to, in words, and whether it looks so. */
function looksSo(
  { exact, prefix, suffix, contains, regex = '', ignoreCase }: HeaderPattern,
  value: string,
  matches: MatchesPattern,
): readonly [looks: string, so: boolean] {
  const plain = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
  const held = plain(value);
  if (exact !== undefined) return [`equal ${exact}`, held === plain(exact)];
  if (prefix !== undefined) return [`begin with ${prefix}`, held.startsWith(plain(prefix))];
  if (suffix !== undefined) return [`end with ${suffix}`, held.endsWith(plain(suffix))];
  if (contains !== undefined) return [`contain ${contains}`, held.includes(plain(contains))];
  return [`match ${regex}`, matches(regex, value)];
}
