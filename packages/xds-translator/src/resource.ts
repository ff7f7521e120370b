import type { ResourceTypeUrl } from '@chancery/envoy-api';

/** One Envoy resource, encoded once and shared by every proxy that gets it. */
export interface Resource {
  readonly typeUrl: ResourceTypeUrl;
  readonly name: string;
  /** Content hash of `body`: equal bytes, equal hash. */
  readonly hash: string;
  /** The deterministic encoding of the message, as it goes into an `Any`. */
  readonly body: Uint8Array;
}

/** Something in a snapshot that could not be translated as declared, and was left out or denied instead. */
export interface Diagnostic {
  readonly code:
    | 'intentions-not-compiled'
    | 'custom-config-refused'
    | 'endpoint-not-an-ip-address'
    | 'name-taken'
    | 'place-taken';
  /** Name of the resource that is concerned. */
  readonly resource: string;
  /** What is wrong, and what was done instead. */
  readonly message: string;
}

/** What a snapshot becomes. `resources` leaves out secrets; it names them in `secrets`. */
export interface Compiled {
  readonly resources: readonly Resource[];
  /** Names of the SDS secrets the resources refer to. */
  readonly secrets: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}
