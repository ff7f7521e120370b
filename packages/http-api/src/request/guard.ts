import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { failure, type Reply } from '../reply.ts';

/** What of a request decides whether it may be answered at all. */
export type GuardedHeaders = Pick<IncomingHttpHeaders, 'host' | 'origin' | 'sec-fetch-site'>;

/**
 * Keeps web pages out. A page of another site must not reach an agent through its reader's browser,
 * neither by a request of its own (Origin, Sec-Fetch-Site) nor by a name of its own that it points
 * at this machine (Host: DNS rebinding). Programs other than browsers send neither header.
 */
export function refused(headers: GuardedHeaders, names: ReadonlySet<string>): Reply | undefined {
  const host = headers.host ?? '';
  if (host !== '' && !isOwnName(hostName(host), names)) {
    return failure(
      403,
      `"${hostName(host)}" is no name of this agent: ask for an IP address, localhost or the name of its node`,
    );
  }
  const site = headers['sec-fetch-site'];
  const crossSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (crossSite || isForeign(headers.origin, host)) {
    return failure(403, 'Requests of web pages of another origin are not answered');
  }
  return undefined;
}

function isOwnName(name: string, names: ReadonlySet<string>): boolean {
  return isIP(name) !== 0 || name === 'localhost' || names.has(name);
}

/** The name in a Host header: lower case, without port, brackets and final dot. */
function hostName(host: string): string {
  const bare = host.startsWith('[') ? host.slice(1, host.indexOf(']')) : host.replace(/:\d*$/, '');
  return bare.toLowerCase().replace(/\.$/, '');
}

function isForeign(origin: string | undefined, host: string): boolean {
  if (origin === undefined) return false;
  return origin !== `http://${host}` && origin !== `https://${host}`;
}
