/** One resource as the server serves it: what is in `body` is not looked into. The same object for every proxy that gets it. */
export interface Resource {
  readonly typeUrl: string;
  readonly name: string;
  /** Content hash of `body`, served as the resource's version. */
  readonly hash: string;
  /** The encoded message, as it goes into an `Any`. */
  readonly body: Uint8Array;
}

/** All that one proxy is to have. Publishing it replaces what was published before. */
export interface Manifest {
  /** The revision of the state that it was built from; kept in the ledger. */
  readonly revision: number;
  readonly resources: readonly Resource[];
}
