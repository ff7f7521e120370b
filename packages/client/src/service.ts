/** A JSON object that the API passes on as it is. */
export type OpaqueObject = Readonly<Record<string, unknown>>;

/** A destination that a sidecar dials, as the API writes it. */
export interface UpstreamEntry {
  readonly DestinationType?: string;
  readonly DestinationName: string;
  readonly Datacenter?: string;
  readonly LocalBindAddress?: string;
  readonly LocalBindPort?: number;
  readonly LocalBindSocketPath?: string;
  readonly LocalBindSocketMode?: string;
  readonly Config?: OpaqueObject;
}

/** The proxy part of a service, as the API writes it. */
export interface ProxyEntry {
  readonly DestinationServiceName?: string;
  readonly DestinationServiceID?: string;
  readonly LocalServiceAddress?: string;
  readonly LocalServicePort?: number;
  readonly LocalServiceSocketPath?: string;
  readonly Config?: OpaqueObject;
  readonly Upstreams?: readonly UpstreamEntry[];
}

/** How much traffic an instance gets while its checks pass, and while one of them warns. */
export interface WeightsEntry {
  readonly Passing: number;
  readonly Warning: number;
}

/** An address of an instance for one purpose. */
export interface TaggedAddressEntry {
  readonly Address: string;
  readonly Port: number;
}

/** An instance of a service as an agent knows it. */
export interface AgentService {
  readonly Kind?: string;
  readonly ID: string;
  readonly Service: string;
  readonly Tags: readonly string[] | null;
  readonly Meta: Readonly<Record<string, string>> | null;
  readonly Port: number;
  readonly Address: string;
  readonly SocketPath?: string;
  readonly TaggedAddresses?: Readonly<Record<string, TaggedAddressEntry>>;
  readonly Weights: WeightsEntry;
  readonly EnableTagOverride: boolean;
  readonly Proxy?: ProxyEntry;
  readonly Connect?: { readonly Native?: boolean };
  readonly ContentHash?: string;
  readonly Datacenter?: string;
}

/** A health check asked for together with a service. */
export interface CheckRegistration {
  readonly CheckID?: string;
  readonly Name?: string;
  readonly Notes?: string;
  readonly Status?: string;
  readonly TTL?: string;
  readonly TCP?: string;
  readonly TCPUseTLS?: boolean;
  readonly UDP?: string;
  readonly HTTP?: string;
  readonly Method?: string;
  readonly Header?: Readonly<Record<string, readonly string[]>>;
  readonly Body?: string;
  readonly DisableRedirects?: boolean;
  readonly GRPC?: string;
  readonly GRPCUseTLS?: boolean;
  readonly H2PING?: string;
  readonly H2PingUseTLS?: boolean;
  readonly Args?: readonly string[];
  readonly TLSServerName?: string;
  readonly TLSSkipVerify?: boolean;
  readonly Interval?: string;
  readonly Timeout?: string;
  readonly AliasService?: string;
  readonly AliasNode?: string;
  readonly SuccessBeforePassing?: number;
  readonly FailuresBeforeWarning?: number;
  readonly FailuresBeforeCritical?: number;
  readonly OutputMaxSize?: number;
  readonly DeregisterCriticalServiceAfter?: string;
}

/** What a registration asks for. `Connect.SidecarService` asks for a sidecar beside the service. */
export interface ServiceRegistrationEntry {
  readonly Kind?: string;
  readonly ID?: string;
  readonly Name: string;
  readonly Tags?: readonly string[];
  readonly Port?: number;
  readonly Address?: string;
  readonly SocketPath?: string;
  readonly TaggedAddresses?: Readonly<Record<string, TaggedAddressEntry>>;
  readonly EnableTagOverride?: boolean;
  readonly Meta?: Readonly<Record<string, string>>;
  readonly Weights?: WeightsEntry;
  readonly Check?: CheckRegistration;
  readonly Checks?: readonly CheckRegistration[];
  readonly Proxy?: ProxyEntry;
  readonly Connect?: {
    readonly Native?: boolean;
    readonly SidecarService?: Partial<ServiceRegistrationEntry>;
  };
  /** The token that the agent is to use for this service. */
  readonly Token?: string;
}
