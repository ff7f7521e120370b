export type {
  AgentConfig,
  AgentPorts,
  CaConfig,
  DefaultPolicy,
  HttpConfig,
  LogFile,
  QueryWaits,
} from './agent/agent-config.ts';
export { flagSources, type GivenFlag } from './agent/agent-flags.ts';
export {
  type CaConfiguration,
  type DecodedCaConfiguration,
  decodeCaConfiguration,
} from './agent/ca-configuration.ts';
export {
  type ConfigSource,
  type DecodeAgentOptions,
  type DecodedAgentConfig,
  decodeAgentConfig,
} from './agent/decode-agent-config.ts';
export { describeAgentKeys, type KeyDescription } from './agent/describe-keys.ts';
export { type HostAddress, type HostFacts, isLinkLocal } from './agent/host-facts.ts';
export type { KeyEffect } from './agent/key.ts';
export { formatListenAddress, type ListenAddress } from './agent/listen-address.ts';
export type { TelemetryConfig } from './agent/telemetry-keys.ts';
export type {
  CheckDefinition,
  CheckProbe,
  CheckStatus,
  CheckThresholds,
  CheckTiming,
  CheckTls,
  GrpcProbe,
  H2PingProbe,
  HttpProbe,
  ReportedProbe,
  RunProbe,
  ScriptProbe,
  TcpProbe,
  UdpProbe,
} from './check.ts';
export { type CheckDeclaration, type DecodedCheck, decodeCheck } from './check-decoder.ts';
export type { Decoded, Issue, IssueCode, Path } from './decoded.ts';
export { formatDuration, parseDuration } from './duration.ts';
export { encodeCheck } from './encode-check.ts';
export type { ApiGateway, ApiGatewayListener, ApiGatewayTls } from './entries/api-gateway.ts';
export type { FileSystemCertificate, InlineCertificate } from './entries/certificates.ts';
export {
  type ConfigEntry,
  type ConfigEntryKind,
  configEntryKinds,
} from './entries/config-entry.ts';
export {
  configEntryProblems,
  type DecodedConfigEntry,
  decodeConfigEntry,
} from './entries/decode-config-entry.ts';
export { encodeConfigEntry } from './entries/encode-config-entry.ts';
export { encodeIntentionPermission, encodeJwtRequirement } from './entries/encode-requirements.ts';
export { type EntryRefusal, entryRefusal } from './entries/entry-refusal.ts';
export type { EntryCondition, EntryReference, EntryStatus } from './entries/entry-status.ts';
export type { EnvoyExtension } from './entries/envoy-extension.ts';
export type {
  ExportedService,
  ExportedServices,
  ServiceConsumer,
} from './entries/exported-services.ts';
export type { HeaderModifiers } from './entries/header-modifiers.ts';
export type {
  HttpFilters,
  HttpMatch,
  HttpResponseFilters,
  HttpRoute,
  HttpRouteRule,
  HttpService,
  RetryFilter,
} from './entries/http-route.ts';
export type {
  IngressGateway,
  IngressLimits,
  IngressListener,
  IngressService,
  IngressTls,
  SdsCertificate,
} from './entries/ingress-gateway.ts';
export type {
  HeaderPermission,
  HttpPermission,
  IntentionPermission,
  JwtRequirement,
} from './entries/intention-permission.ts';
export type { JsonWebKeySet, LocalKeySet, RemoteKeySet } from './entries/json-web-key-set.ts';
export type { JwtForwarding, JwtLocation, JwtProvider } from './entries/jwt-provider.ts';
export type { HashPolicy, LoadBalancer, LoadBalancerPolicy } from './entries/load-balancer.ts';
export type { Mesh, MeshHttp, RequestNormalization } from './entries/mesh.ts';
export type {
  Expose,
  ExposedPath,
  MeshGateway,
  MutualTlsMode,
  ProxyMode,
  TransparentProxy,
} from './entries/mesh-settings.ts';
export type { Problem } from './entries/problem.ts';
export type { AccessLogs, ProxyDefaults } from './entries/proxy-defaults.ts';
export type { FailoverPolicy, PrioritizeByLocality } from './entries/resolver-policies.ts';
export type { ServiceDefaults, ServiceDestination } from './entries/service-defaults.ts';
export type {
  ConnectionRule,
  IntentionSource,
  RequestRules,
  ServiceIntentions,
  SourceIntention,
} from './entries/service-intentions.ts';
export type {
  ResolverFailover,
  ResolverFailoverTarget,
  ResolverRedirect,
  ServiceResolver,
  ServiceSubset,
} from './entries/service-resolver.ts';
export type {
  RouteDestination,
  RouteHeaderMatch,
  RouteMatch,
  RouteQueryMatch,
  ServiceRoute,
  ServiceRouter,
} from './entries/service-router.ts';
export type { ServiceSplit, ServiceSplitter } from './entries/service-splitter.ts';
export type { TcpRoute } from './entries/tcp-route.ts';
export type { TerminatingGateway, TerminatingService } from './entries/terminating-gateway.ts';
export type { TlsVersion, TlsVersions } from './entries/tls-settings.ts';
export type { UpstreamConfigs, UpstreamSettings } from './entries/upstream-settings.ts';
export { formatIssue, formatPath, type Place } from './format-issue.ts';
export { decodeIntention, type IntentionDeclaration } from './intention-decoder.ts';
export { isIpAddress } from './ip-address.ts';
export { isServiceName } from './names.ts';
export type { ConnectProxy, JsonObject, JsonValue, Upstream } from './proxy.ts';
export type {
  BootstrapConfig,
  PassiveHealthCheck,
  ProxyConfig,
  UpstreamConfig,
  UpstreamLimits,
} from './proxy-config.ts';
export { decodeProxyConfig } from './proxy-config-decoder.ts';
export { oneLine, reasonText } from './reason-text.ts';
export type { Right } from './right.ts';
export type { Casing } from './scope.ts';
export type {
  Service,
  ServiceKind,
  ServiceRegistration,
  TaggedAddress,
  Weights,
} from './service.ts';
export { type DecodedService, decodeServiceRegistration } from './service-decoder.ts';
export { sidecarId } from './sidecar.ts';
export { suggest } from './suggest.ts';
export { decodeUpstreamConfig } from './upstream-config-decoder.ts';
