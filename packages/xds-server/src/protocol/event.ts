import type { ManifestIndex } from '../manifest-index.ts';
import type { Resource } from '../resource.ts';

/** A DeltaDiscoveryRequest as plain values. */
export interface DeltaRequest {
  readonly variant: 'delta';
  readonly typeUrl: string;
  /** Set when the request answers a response; empty when it only changes the subscription. */
  readonly nonce: string;
  readonly subscribe: readonly string[];
  readonly unsubscribe: readonly string[];
  readonly initialVersions: ReadonlyMap<string, string>;
  /** The message of `error_detail`: the client rejects the response that `nonce` names. */
  readonly error: string | undefined;
}

/** A DiscoveryRequest (state of the world) as plain values. */
export interface SotwRequest {
  readonly variant: 'sotw';
  readonly typeUrl: string;
  readonly nonce: string;
  /** The version of the last response of this type that the client accepted. */
  readonly version: string;
  readonly names: readonly string[];
  readonly error: string | undefined;
}

/** Everything that can happen to a stream. */
export type StreamEvent =
  | { readonly kind: 'request'; readonly request: DeltaRequest | SotwRequest }
  | { readonly kind: 'manifest'; readonly manifest: ManifestIndex }
  /** The peer does not take what was written before; nothing more is to be said for now. */
  | { readonly kind: 'paused' }
  | { readonly kind: 'resumed' }
  | { readonly kind: 'closed' };

/** One response, as plain values. */
export interface Response {
  readonly typeUrl: string;
  readonly nonce: string;
  /** State of the world: the version of the set. Delta: the revision, which only people read. */
  readonly version: string;
  /** The revision of the manifest it was made from. */
  readonly revision: number;
  /** Their `hash` is the version to be served. */
  readonly resources: readonly Resource[];
  /** Those of `resources` that the client is not known to have. */
  readonly changed: readonly Resource[];
  readonly removed: readonly string[];
}

/** A resource in one of its states. */
export interface NamedHash {
  readonly name: string;
  readonly hash: string;
}

/** What a step learned about the client, for the ledger. */
export type Outcome =
  /** The client had these already when it came. */
  | { readonly kind: 'held'; readonly typeUrl: string; readonly resources: readonly NamedHash[] }
  | {
      readonly kind: 'acked';
      readonly typeUrl: string;
      readonly revision: number;
      readonly resources: readonly NamedHash[];
      readonly removed: readonly string[];
    }
  | {
      readonly kind: 'rejected';
      readonly typeUrl: string;
      readonly revision: number;
      readonly reason: string;
      /** The resources that are rejected, and will not be sent again on this stream as they are. */
      readonly resources: readonly NamedHash[];
      /** The resources that are sent again one by one, because the reason names none. */
      readonly retried: readonly string[];
    }
  | {
      readonly kind: 'unsubscribed';
      readonly typeUrl: string;
      readonly names: readonly string[];
    };
