/** Where an agent's HTTP API listens. */
export type Address =
  | {
      readonly kind: 'tcp';
      readonly scheme: 'http' | 'https';
      readonly host: string;
      readonly port: number;
    }
  | { readonly kind: 'unix'; readonly path: string };

/** The address of an agent that was started without saying otherwise. */
export const defaultAddress: string = '127.0.0.1:8500';

/**
 * Reads `host:port`, `http://host:port`, `https://host:port` or `unix:///path`, as the variable
 * CONSUL_HTTP_ADDR holds it. `undefined` when it is none of these.
 */
export function parseAddress(text: string, tls = false): Address | undefined {
  if (text.startsWith('unix://')) {
    const path = text.slice('unix://'.length);
    return path === '' ? undefined : { kind: 'unix', path };
  }
  const url = parseUrl(
    withHost(text.includes('://') ? text : `${tls ? 'https' : 'http'}://${text}`),
  );
  const scheme = url === undefined ? undefined : schemeOf(url, tls);
  if (url === undefined || scheme === undefined || url.hostname === '') return undefined;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return { kind: 'tcp', scheme, host, port: url.port === '' ? defaultPort(url) : Number(url.port) };
}

/** `http://127.0.0.1:8500`: how messages name an address. */
export function formatAddress(address: Address): string {
  if (address.kind === 'unix') return 'http://localhost';
  return `${address.scheme}://${hostPort(address.host, address.port)}`;
}

/** `127.0.0.1:8500`, or `[::1]:8500`. */
export function hostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** `:8500` is a port of this machine, as Go dials it. */
function withHost(url: string): string {
  return url.replace(/^(https?:\/\/)(?=:\d)/, '$1localhost');
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function schemeOf(url: URL, tls: boolean): 'http' | 'https' | undefined {
  if (url.protocol === 'https:') return 'https';
  if (url.protocol === 'http:') return tls ? 'https' : 'http';
  return undefined;
}

function defaultPort(url: URL): number {
  return url.protocol === 'https:' ? 443 : 80;
}
