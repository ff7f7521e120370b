export {
  type CatalogDeregistration,
  type CatalogRegistration,
  deregisterFromCatalog,
  type ReportedCheck,
  registerInCatalog,
} from './catalog-commands.ts';
export type { CheckRow, InstanceRow, NodeRow } from './catalog-rows.ts';
export { type Check, type CheckState, checkStatuses, checks, type StoredStatus } from './check.ts';
export {
  type CheckStatusInput,
  deregisterCheck,
  type RegisterCheckInput,
  registerCheck,
  setCheckStatus,
} from './check-commands.ts';
export {
  checkAt,
  checksInState,
  checksOfInstance,
  checksOfService,
  healthOf,
} from './check-queries.ts';
export { checkState, subjectStatus } from './check-state.ts';
export { connectEndpoint, connectEndpoints, type Endpoint } from './connect-endpoints.ts';
export {
  type Coordinate,
  coordinates,
  dimensions,
  type NodeCoordinate,
  origin,
  roundTripSeconds,
} from './coordinate.ts';
export { updateCoordinate } from './coordinate-commands.ts';
export { coordinateList, coordinateOf, nearestFirst } from './coordinate-queries.ts';
export { type DeregisterServiceInput, deregisterService } from './deregister-service.ts';
export { type Instance, instances } from './instance.ts';
export { checkKey, instanceKey, subjectKey } from './keys.ts';
export { type Maintenance, maintainNode, maintainService } from './maintenance.ts';
export { type Node, nodes } from './node.ts';
export { deregisterNode, registerNode } from './node-commands.ts';
export { checksOnNode, instancesOnNode, nodeList, nodeNamed } from './node-queries.ts';
export {
  type RegisterServiceInput,
  registerService,
  type ServiceRegistered,
} from './register-service.ts';
export {
  connectHealthInstances,
  connectInstancesOf,
  type HealthRow,
  healthInstances,
  instanceAt,
  instancesOf,
  type NamedService,
  serviceNames,
} from './service-queries.ts';
export {
  type ServiceSummary,
  summarisedName,
  summariseService,
  summariseServices,
} from './service-summary.ts';
export { type PortRange, type PortSearch, portSearches } from './sidecar-port.ts';
export { catalogTables } from './tables.ts';
export {
  type CatalogUsage,
  catalogUsage,
  checkTotals,
  type MeshKind,
  meshKinds,
} from './usage.ts';
