/** A host and its port. */
export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

/** Takes `127.0.0.1:80` or `[::1]:80` apart. */
export function hostAndPort(address: string): HostAndPort {
  const at = address.lastIndexOf(':');
  return {
    host: address.slice(0, at).replace(/^\[|\]$/g, ''),
    port: Number(address.slice(at + 1)),
  };
}
