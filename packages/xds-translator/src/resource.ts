/** One Envoy resource, encoded once and shared by every proxy that gets it. */
export interface Resource {
  readonly typeUrl: string;
  readonly name: string;
  /** Content hash of `body`: equal bytes, equal hash. */
  readonly hash: string;
  /** The deterministic encoding of the message, as it goes into an `Any`. */
  readonly body: Uint8Array;
}

/** Something in a snapshot that could not be translated as declared, and what was done instead. */
export interface Diagnostic {
  readonly code: 'intentions-not-compiled' | 'custom-config-refused';
  /** Name of the resource that is concerned. */
  readonly resource: string;
  readonly message: string;
}

/** What a snapshot becomes. `resources` leaves out secrets; it names them in `secrets`. */
export interface Compiled {
  readonly resources: readonly Resource[];
  /** Names of the SDS secrets the resources refer to. */
  readonly secrets: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}
