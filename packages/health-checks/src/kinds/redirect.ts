/** A request of which a redirect may make another. */
export interface Requested {
  readonly url: string;
  readonly method: string;
  readonly body: string;
}

/** Where an answer sends its reader: nowhere, on, or away to another origin, which is not asked. */
export type Redirected =
  | { readonly kind: 'none' }
  | { readonly kind: 'followed'; readonly to: Requested }
  | { readonly kind: 'foreign'; readonly where: string; readonly url: string };

/**
 * What a redirect comes to. One to another host, port or protocol is not followed: a check is declared for one
 * service, and what that answers must not send the agent, with the headers of the check, to others.
 */
export function redirected(
  asked: Requested,
  code: number,
  location: string | undefined,
): Redirected {
  if (![301, 302, 303, 307, 308].includes(code) || location === undefined) return { kind: 'none' };
  if (!URL.canParse(location, asked.url)) return { kind: 'none' };
  const target = new URL(location, asked.url);
  const away = elsewhere(new URL(asked.url), target);
  if (away !== undefined) return { kind: 'foreign', where: away, url: target.href };
  return { kind: 'followed', to: { ...asked, ...methodAfter(asked, code), url: target.href } };
}

/** As browsers and Go have it: a form that was sent is not sent again, unless 307 or 308 asks for that. */
function methodAfter({ method, body }: Requested, code: number): Omit<Requested, 'url'> {
  if (code === 307 || code === 308) return { method, body };
  return { method: method === 'HEAD' ? 'HEAD' : 'GET', body: '' };
}

/** In which way a target is of another origin, if it is. */
function elsewhere(from: URL, to: URL): string | undefined {
  if (from.hostname !== to.hostname) return 'another host';
  if (from.protocol !== to.protocol) return 'another protocol';
  return from.port === to.port ? undefined : 'another port';
}
