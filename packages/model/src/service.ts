import type { CheckDefinition } from './check.ts';
import type { ConnectProxy } from './proxy.ts';

/** How much traffic an instance gets while its checks pass, and while one of them warns. */
export interface Weights {
  readonly passing: number;
  readonly warning: number;
}

/** An address of an instance for one purpose, such as `lan` or `wan`. */
export interface TaggedAddress {
  readonly address: string;
  readonly port: number;
}

/** The plain instance, or the sidecar that fronts one. */
export type ServiceKind = 'typical' | 'connect-proxy';

/** One instance of a service, as declared and normalised: every default is filled in. */
export interface Service {
  readonly id: string;
  readonly name: string;
  readonly kind: ServiceKind;
  readonly tags: readonly string[];
  /** Empty: the address of its node. */
  readonly address: string;
  readonly port: number;
  readonly socketPath?: string;
  readonly meta: Readonly<Record<string, string>>;
  readonly taggedAddresses: Readonly<Record<string, TaggedAddress>>;
  readonly weights: Weights;
  readonly enableTagOverride: boolean;
  readonly connectNative: boolean;
  /** Present exactly when the kind is `connect-proxy`. */
  readonly proxy?: ConnectProxy;
}

/** What one `service` block or one registration asks for. */
export interface ServiceRegistration {
  readonly service: Service;
  readonly checks: readonly CheckDefinition[];
  /**
   * The sidecar asked for by `connect { sidecar_service {} }`, with all that it inherits filled in.
   * Port 0 asks for the lowest free port of the sidecar range.
   */
  readonly sidecar?: Omit<ServiceRegistration, 'sidecar'>;
  readonly token?: string;
}
