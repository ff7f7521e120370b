/** What identifies a resource on a stream. */
export interface ResourceName {
  readonly typeUrl: string;
  readonly name: string;
}

/** One resource as the server serves it: what is in `body` is not looked into. The same object for every proxy that gets it. */
export interface Resource extends ResourceName {
  /** Content hash of `body`, served as the resource's version. Never empty, and without `@`. */
  readonly hash: string;
  /** The encoded message, as it goes into an `Any`. */
  readonly body: Uint8Array;
  /**
   * Resources of the same manifest that this one cannot work without. While one of them is missing, this
   * resource is neither sent nor removed: a listener that names a secret or an extension config that does
   * not come keeps all of an Envoy's listeners waiting.
   */
  readonly requires?: readonly ResourceName[];
}

/** All that one proxy is to have. Publishing it replaces what was published before. */
export interface Manifest {
  /** The revision of the state that it was built from; kept in the ledger. */
  readonly revision: number;
  readonly resources: readonly Resource[];
}
