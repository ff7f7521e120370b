import type { Decoded, JsonObject, Path } from '@chancery/model';

/** Where something listens: an IP address with a port, or a Unix socket. */
export type SocketAddress =
  | { readonly kind: 'ip'; readonly address: string; readonly port: number }
  | { readonly kind: 'pipe'; readonly path: string };

/** The address as Envoy's `core.v3.Address`. */
export function envoyAddress(address: SocketAddress): JsonObject {
  return address.kind === 'pipe'
    ? { pipe: { path: address.path } }
    : { socket_address: { address: address.address, port_value: address.port } };
}

/** Reads `HOST:PORT` or `[IPv6]:PORT`; the host may still be a name. */
export function parseHostPort(
  text: string,
  path: Path = [],
): Decoded<{ host: string; port: number }> {
  const match = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (host === undefined || port > 65535) {
    return refused(path, `"${text}" is not an address such as 127.0.0.1:9102`);
  }
  return { ok: true, value: { host, port } };
}

/** Reads `IP:PORT`, for the places where Envoy takes no name. */
export function parseIpPort(text: string, path: Path): Decoded<SocketAddress> {
  const split = parseHostPort(text, path);
  if (!split.ok) return split;
  const { host, port } = split.value;
  if (!/^[\d.]+$|:/.test(host)) {
    return refused(path, `"${text}" names a host, but Envoy wants an IP address here`);
  }
  return { ok: true, value: { kind: 'ip', address: host, port } };
}

/** One mistake at one place. */
export function refused(path: Path, message: string): Decoded<never> {
  return { ok: false, issues: [{ path, message }] };
}
