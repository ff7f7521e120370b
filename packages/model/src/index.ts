export type {
  AgentConfig,
  AgentPorts,
  CaConfig,
  DefaultPolicy,
  HttpConfig,
  LogFile,
  QueryWaits,
} from './agent/agent-config.ts';
export { type AgentFlags, flagSources } from './agent/agent-flags.ts';
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
export type { CheckDefinition, CheckProbe, CheckStatus } from './check.ts';
export { type CheckDeclaration, decodeCheck } from './check-decoder.ts';
export type { Decoded, Issue, IssueCode, Path } from './decoded.ts';
export { formatDuration, parseDuration } from './duration.ts';
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
export type {
  HeaderPermission,
  HttpPermission,
  IntentionPermission,
  JwtRequirement,
} from './entries/intention-permission.ts';
export type { Problem } from './entries/problem.ts';
export type { ProxyDefaults } from './entries/proxy-defaults.ts';
export type { ServiceDefaults } from './entries/service-defaults.ts';
export type {
  ConnectionRule,
  IntentionSource,
  RequestRules,
  ServiceIntentions,
  SourceIntention,
} from './entries/service-intentions.ts';
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
export type { Casing } from './scope.ts';
export type {
  Service,
  ServiceKind,
  ServiceRegistration,
  TaggedAddress,
  Weights,
} from './service.ts';
export { decodeServiceRegistration } from './service-decoder.ts';
export {
  decodeServiceIntentions,
  type ServiceIntentionsDeclaration,
} from './service-intentions-decoder.ts';
export { sidecarId } from './sidecar.ts';
export { suggest } from './suggest.ts';
export { decodeUpstreamConfig } from './upstream-config-decoder.ts';
