/** A JSON object that is kept as it was declared. */
export type JsonObject = { readonly [key: string]: JsonValue };
/** Any JSON value. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** The proxy part of a `connect-proxy` instance. */
export interface ConnectProxy {
  readonly destinationServiceName: string;
  /** The instance that is fronted; empty when the proxy fronts every instance of the name. */
  readonly destinationServiceId: string;
  readonly localServiceAddress: string;
  readonly localServicePort: number;
  readonly localServiceSocketPath?: string;
  /** Opaque here and over HTTP; `decodeProxyConfig` reads it. Checked when it is declared. */
  readonly config: JsonObject;
  readonly upstreams: readonly Upstream[];
}

/** A destination that a sidecar dials for its local app, and where it listens for it. */
export interface Upstream {
  readonly destinationType: 'service';
  readonly destinationName: string;
  readonly datacenter?: string;
  readonly localBindAddress: string;
  /** 0 when a socket path is given. */
  readonly localBindPort: number;
  readonly localBindSocketPath?: string;
  readonly localBindSocketMode?: string;
  /** Opaque here and over HTTP; `decodeUpstreamConfig` reads it. Checked when it is declared. */
  readonly config: JsonObject;
}
