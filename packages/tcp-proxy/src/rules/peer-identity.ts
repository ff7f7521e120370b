const ENTRY = /(?:^|, )([^:,"]+):("(?:[^"\\]|\\.)*"|[^,"]*)/y;

/**
 * The one URI name of a certificate, from its alternative names as Node spells them:
 * `URI:spiffe://…, DNS:web`, a name with odd characters quoted as in JSON. Undefined for a certificate
 * with none or several, since it could be judged by one name and be trusted for another; also for a spelling
 * that is not understood in full.
 */
export function peerIdentity(subjectAltName: string | undefined): string | undefined {
  const uris: string[] = [];
  const text = subjectAltName ?? '';
  ENTRY.lastIndex = 0;
  while (ENTRY.lastIndex < text.length) {
    const [, type, name = ''] = ENTRY.exec(text) ?? [];
    if (type === undefined) return undefined;
    if (type === 'URI') uris.push(name);
  }
  const [only] = uris;
  return uris.length === 1 && only !== undefined ? unquoted(only) : undefined;
}

function unquoted(name: string): string | undefined {
  if (!name.startsWith('"')) return name;
  try {
    return JSON.parse(name) as string;
  } catch {
    return undefined;
  }
}
