export { type Address, defaultAddress, formatAddress, parseAddress } from './address.ts';
export type { AgentCheck, AgentClient, HashReadOptions, Member, Self } from './agent.ts';
export type {
  CatalogClient,
  CatalogService,
  Node,
  NodeMetaOptions,
  NodeServices,
} from './catalog.ts';
export { type Client, createClient } from './client.ts';
export { ClientError, type ClientErrorKind, isNotFound } from './client-error.ts';
export type { ConfigClient, ConfigEntry } from './config.ts';
export type { ConnectClient, Leaf, Root, Roots } from './connect.ts';
export type { Connection, ConnectionOptions, Request, Response, TlsOptions } from './connection.ts';
export {
  type ClientEnvironment,
  connectionFromEnvironment,
  type FileReader,
  type ResolvedOptions,
} from './environment.ts';
export type { HealthCheck, HealthClient, HealthOptions, ServiceEntry } from './health.ts';
export type {
  IntentionAction,
  IntentionEntry,
  IntentionsClient,
  NewIntention,
} from './intentions.ts';
export type { Answer, ReadOptions } from './read.ts';
export type {
  AgentService,
  CheckRegistration,
  OpaqueObject,
  ProxyEntry,
  ServiceRegistrationEntry,
  TaggedAddressEntry,
  UpstreamEntry,
  WeightsEntry,
} from './service.ts';
