/** Where an xDS server listens: a port, or a socket in the file system. */
export type XdsAddress =
  | { readonly host: string; readonly port: number }
  | { readonly path: string };
