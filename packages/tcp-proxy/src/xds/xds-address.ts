/** Where an xDS server is reached, without TLS: both are to be on one machine. */
export type XdsAddress =
  | { readonly kind: 'tcp'; readonly authority: string }
  | { readonly kind: 'unix'; readonly path: string };

/** Reads `host:port`, `http://host:port` or `unix:///path`; undefined for anything else. */
export function parseXdsAddress(text: string): XdsAddress | undefined {
  if (text.startsWith('unix://')) {
    const path = text.slice('unix://'.length);
    return path === '' ? undefined : { kind: 'unix', path };
  }
  const written = text.includes('://') ? text : `http://${text}`;
  if (!written.startsWith('http://') || !URL.canParse(written)) return undefined;
  const { hostname, port, pathname, search, username } = new URL(written);
  if (hostname === '' || pathname !== '/' || search !== '' || username !== '') return undefined;
  return { kind: 'tcp', authority: `http://${hostname}:${port || '80'}` };
}
