export type {
  AppliedChange,
  Authorship,
  ChangeSource,
  EntryInput,
  HistoryItem,
  HistoryPage,
  HistoryQuestion,
  Outcome,
  RequestedChange,
} from './changes/change-source.ts';
export { createMeshApi, type MeshApi, meshRoutes } from './create-mesh-api.ts';
export type { MeshApiDependencies, MeshApiLimits, RequestRefusal } from './dependencies.ts';
export type { IntentionSource, VerifiedMesh } from './intentions/intention-source.ts';
export { isMeshRead, meshApiPrefix, meshCalls } from './mesh-calls.ts';
export type {
  Applied,
  LaggingProxy,
  Origin,
  ProxyProblem,
  ProxyResourceState,
  ProxySource,
  ProxyState,
  ProxyTypeState,
  Rejection,
  SyncState,
} from './proxies/proxy-source.ts';
export type { CheckFinding, CheckStatus } from './status/check-finding.ts';
export {
  type MatrixCell,
  type MatrixQuestion,
  type MeshMatrix,
  matrixSide,
} from './status/mesh-matrix.ts';
export type { StatusSource } from './status/status-source.ts';
export {
  type CertificateSummary,
  type IntentionSummary,
  type MeshOverview,
  type OverviewProblem,
  type ServiceSummary,
  type StatusPart,
  type StatusSection,
  type StatusUpdate,
  statusSections,
} from './status/status-update.ts';
export { type TypeName, typeNameOf, typeNames } from './type-names.ts';
