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
export { createMeshApi, type MeshApi, meshApiPrefix, meshRoutes } from './create-mesh-api.ts';
export type { MeshApiDependencies } from './dependencies.ts';
export type { IntentionSource } from './intentions/intention-source.ts';
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
  TypeName,
} from './proxies/proxy-source.ts';
export type { StatusSource } from './status/status-source.ts';
