import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

/** What of a request decides whether it may be answered at all. */
export type GuardedHeaders = Pick<
  IncomingHttpHeaders,
  | 'host'
  | 'origin'
  | 'sec-fetch-site'
  | 'sec-fetch-mode'
  | 'content-type'
  | 'content-length'
  | 'transfer-encoding'
  | 'user-agent'
>;

/** Why a request is not answered at all. */
export interface PageRefusal {
  readonly status: number;
  readonly text: string;
}

/** The names of an agent, as requests may ask for it by them. */
export function ownNames(
  node: { readonly name: string },
  hostNames: readonly string[],
): ReadonlySet<string> {
  return new Set([node.name, ...hostNames].map((name) => name.toLowerCase()));
}

/**
 * Keeps web pages out. A page of another site must not reach an agent through its reader's browser,
 * neither by a request of its own (Origin, Sec-Fetch-Site, a body that needs no leave from here) nor by
 * a name of its own that it points at this machine (Host: DNS rebinding).
 */
export function pageRefusal(
  headers: GuardedHeaders,
  names: ReadonlySet<string>,
): PageRefusal | undefined {
  const host = headers.host ?? '';
  if (host !== '' && !isOwnName(hostName(host), names)) {
    const text = `"${hostName(host)}" is no name of this agent: ask for an IP address, localhost or the name of its node`;
    return { status: 403, text };
  }
  const site = headers['sec-fetch-site'];
  const crossSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (crossSite || isForeign(headers.origin, host)) {
    return { status: 403, text: 'Requests of web pages of another origin are not answered' };
  }
  return mayBeForm(headers) ? { status: 415, text: formText } : undefined;
}

function isOwnName(name: string, names: ReadonlySet<string>): boolean {
  return name === 'localhost' || names.has(name) || isIP(name) !== 0;
}

/** The name in a Host header: lower case, without port, brackets and final dot. */
function hostName(host: string): string {
  const bare = host.replace(/:\d*$/, '').toLowerCase();
  const [, inBrackets] = /^\[([^\]]*)\]$/.exec(bare) ?? [];
  return inBrackets ?? bare.replace(/\.$/, '');
}

function isForeign(origin: string | undefined, host: string): boolean {
  if (origin === undefined) return false;
  return origin !== `http://${host}` && origin !== `https://${host}`;
}

const formText =
  'A body of this Content-Type is not read, for any web page may send one: send it as application/json';

/**
 * Whether a body has a type that forms can send, from any page and by browsers that say nothing of
 * where it came from. `curl -d` sends the third of them, so that one is read.
 */
function mayBeForm(headers: GuardedHeaders): boolean {
  const type = headers['content-type'] ?? '';
  const isText = /^\s*text\/plain\b/i.test(type);
  if (!isText && !/^\s*multipart\/form-data\b/i.test(type)) return false;
  const hasBody =
    headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
  return hasBody && !(isText && isOfLibrary(headers));
}

/**
 * Whether a request is of a library that calls every text `text/plain`, JSON too, and that clients of Consul are
 * built on. Each tells its name, which no page can make its browser say without asking first; Node's own fetch
 * tells a mode without a site, as no browser does.
 */
function isOfLibrary(headers: GuardedHeaders): boolean {
  if (headers['sec-fetch-site'] !== undefined) return false;
  return headers['sec-fetch-mode'] !== undefined || libraries.test(headers['user-agent'] ?? '');
}

const libraries = /^(?:Python\/\S+ aiohttp\/|Apache-HttpClient\/|node-fetch(?:$|[/ ]))/;
