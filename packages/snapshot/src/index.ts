export type { Endpoint } from '@chancery/catalog';
export type { SnapshotSettings } from './settings.ts';
export type {
  ProxySnapshot,
  SidecarSnapshot,
  TargetEndpoints,
  UpstreamSnapshot,
} from './sidecar-snapshot.ts';
export { createSnapshotQueries, type SnapshotQueries } from './snapshot-queries.ts';
