const KEPT = /[A-Za-z0-9\-_.~$&+,:;=@]/;
const ALL_KEPT = /^[A-Za-z0-9\-_.~$&+,:;=@]*$/;

/**
 * One path segment of a SPIFFE ID. Keeps what Go's `net/url` keeps in a path, so that ordinary names
 * look as they do in Consul, but also encodes the slash: a name never reaches into its neighbours.
 * A lone surrogate, which UTF-8 cannot carry, becomes U+FFFD.
 */
export function formatSegment(text: string): string {
  if (ALL_KEPT.test(text)) return text;
  return Array.from(text.toWellFormed(), (char) =>
    KEPT.test(char) ? char : percentEncoded(char),
  ).join('');
}

/** The text of one segment; `undefined` unless it is exactly what `formatSegment` writes. */
export function parseSegment(segment: string): string | undefined {
  try {
    const text = decodeURIComponent(segment);
    return text !== '' && formatSegment(text) === segment ? text : undefined;
  } catch {
    return undefined;
  }
}

/** `encodeURIComponent` leaves a few marks alone that Go encodes. */
function percentEncoded(char: string): string {
  const encoded = encodeURIComponent(char);
  return encoded === char ? `%${hexByte(char)}` : encoded;
}

function hexByte(char: string): string {
  return char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
}
