/** Where something listens: an address of the machine, or a socket in the file system. */
export type ListenAddress =
  | { readonly kind: 'tcp'; readonly host: string }
  | { readonly kind: 'unix'; readonly path: string };

/** The socket that `unix:///run/agent.sock` names, else a host. */
export function listenAddress(text: string): ListenAddress {
  return text.startsWith('unix://')
    ? { kind: 'unix', path: text.slice('unix://'.length) }
    : { kind: 'tcp', host: text };
}

/** As it was written. */
export function formatListenAddress(address: ListenAddress): string {
  return address.kind === 'unix' ? `unix://${address.path}` : address.host;
}
