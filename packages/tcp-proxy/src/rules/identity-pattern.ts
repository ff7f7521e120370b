/**
 * A pattern over SPIFFE IDs that was proven to be simple: its segments (what stands between slashes), each a
 * text or, where undefined, anything that is not empty. Matching is comparing; no regular expression is run.
 */
export type IdentityPattern = readonly (string | undefined)[];

const ANY_SEGMENT = '[^/]+';

/** A whole segment, NUL, a quoted operator, or a character that is no operator. */
const TOKEN = /\[\^\/\]\+|\\x00|\\[\\.+*?()|[\]{}^$]|[^\\.+*?()|[\]{}^$]/uy;

/**
 * Reads the one kind of RE2 pattern that can be translated without doubt: literal text, quoted where need be,
 * in which whole segments may be `[^/]+`. Undefined for everything else: a pattern that is misread could let
 * somebody in.
 */
export function readPattern(regex: string): IdentityPattern | undefined {
  const tokens = tokensOf(unanchored(regex));
  if (tokens === undefined) return undefined;
  const segments: string[][] = [[]];
  for (const token of tokens) {
    if (token === '/') segments.push([]);
    else segments.at(-1)?.push(token);
  }
  const isSimple = segments.every((each) => each.length === 1 || !each.includes(ANY_SEGMENT));
  return isSimple ? segments.map(segmentText) : undefined;
}

/** Whether a pattern stands for an identity, which it always has to match in full. */
export function matchesPattern(pattern: IdentityPattern, identity: string): boolean {
  const segments = identity.split('/');
  return (
    segments.length === pattern.length &&
    pattern.every((wanted, at) =>
      wanted === undefined ? segments[at] !== '' : segments[at] === wanted,
    )
  );
}

/** Without the anchors, which say what is true anyway: Envoy matches in full. A quoted `$` is no anchor. */
function unanchored(regex: string): string {
  const body = regex.startsWith('^') ? regex.slice(1) : regex;
  const backslashes = /(\\*)\$$/.exec(body)?.[1];
  return backslashes !== undefined && backslashes.length % 2 === 0 ? body.slice(0, -1) : body;
}

function tokensOf(pattern: string): readonly string[] | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < pattern.length) {
    const [token] = TOKEN.exec(pattern) ?? [];
    if (token === undefined) return undefined;
    tokens.push(token);
  }
  return tokens;
}

function segmentText(tokens: readonly string[]): string | undefined {
  if (tokens[0] === ANY_SEGMENT) return undefined;
  return tokens.map(literalText).join('');
}

function literalText(token: string): string {
  if (token === '\\x00') return '\0';
  return token.startsWith('\\') ? token.slice(1) : token;
}
