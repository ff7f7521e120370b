export type { NodeIdentity } from './codec/decode-request.ts';
export type { Route } from './grpc/http2-shell.ts';
export type { LedgerCallback } from './ledger/ledger.ts';
export type {
  LedgerMark,
  LedgerProxy,
  LedgerRejectedResponse,
  LedgerRejection,
  LedgerResource,
  LedgerState,
  LedgerType,
} from './ledger/ledger-entry.ts';
export type { LoadReport } from './load/load-report.ts';
export {
  createLoadReports,
  type LoadReports,
  type LoadReportsOptions,
} from './load/load-reports.ts';
export { indexManifest, type ManifestIndex, type TypeIndex } from './manifest-index.ts';
export type {
  DeltaRequest,
  NamedHash,
  Outcome,
  Response,
  SotwRequest,
  StreamEvent,
} from './protocol/event.ts';
export { type Step, step } from './protocol/step.ts';
export { initialState, type ProtocolRules, type StreamState } from './protocol/stream-state.ts';
export type { Manifest, Resource, ResourceName } from './resource.ts';
export type {
  DemandCallback,
  Nack,
  StreamCallback,
  XdsServer,
  XdsServerCounters,
  XdsServerLimits,
  XdsServerOptions,
} from './server-options.ts';
export type { XdsAddress } from './xds-address.ts';
export { createXdsServer } from './xds-server.ts';
