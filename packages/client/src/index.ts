export { type Address, defaultAddress, formatAddress, parseAddress } from './address.ts';
export type {
  AgentClient,
  HashReadOptions,
  Maintenance,
  MembersOptions,
  MonitorOptions,
} from './agent.ts';
export { parseBoolean } from './boolean.ts';
export type {
  CatalogClient,
  CatalogService,
  ExportedService,
  Node,
  NodeServices,
} from './catalog.ts';
export { type Client, createClient } from './client.ts';
export { ClientError, type ClientErrorKind, isNotFound } from './client-error.ts';
export {
  type ConfigClient,
  type ConfigEntry,
  type ConfigWriteOptions,
  entryName,
} from './config.ts';
export type { CaConfiguration, ConnectClient, Leaf, Root, Roots } from './connect.ts';
export {
  type Connection,
  type ConnectionOptions,
  type Request,
  type Response,
  requestOptions,
} from './connection.ts';
export type {
  Coordinate,
  CoordinatesClient,
  DatacenterCoordinates,
  NodeCoordinate,
} from './coordinates.ts';
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
  IntentionWrite,
  NewIntention,
} from './intentions.ts';
export type {
  DatacenterUsage,
  OperatorClient,
  Peering,
  RaftServer,
  Usage,
} from './operator.ts';
export type { Answer, ReadOptions } from './read.ts';
export type { AgentCheck, Member, Self } from './self.ts';
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
export { systemReason } from './system-reason.ts';
export type { TlsOptions } from './transport.ts';
export { unreachable } from './unreachable.ts';
