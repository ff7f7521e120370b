import type { Right } from '@chancery/model';

export { lasting, milliseconds, type Seconds } from './times.ts';
export { type TypeName, typeNameOf, typeNames } from './type-names.ts';

/** Where the RPCs are: a request for a path that begins like this is for them. */
export const meshApiPrefix = '/chancery.mesh.v1.';

/** What a caller of each RPC must be allowed to do, by the path of the RPC. One that is not here is not served. */
export const meshCalls: Readonly<Record<string, Right>> = {
  '/chancery.mesh.v1.ProxyService/ListProxies': 'mesh:read',
  '/chancery.mesh.v1.ProxyService/GetProxyConfig': 'mesh:read',
  '/chancery.mesh.v1.ProxyService/WaitApplied': 'mesh:read',
  '/chancery.mesh.v1.IntentionService/Explain': 'intention:read',
  '/chancery.mesh.v1.IntentionService/Verify': 'intention:read',
  '/chancery.mesh.v1.ChangeService/Plan': 'operator:read',
  '/chancery.mesh.v1.ChangeService/Apply': 'operator:write',
  '/chancery.mesh.v1.ChangeService/ListHistory': 'operator:read',
  '/chancery.mesh.v1.ChangeService/Diff': 'operator:read',
  '/chancery.mesh.v1.ChangeService/PlanRollback': 'operator:read',
  '/chancery.mesh.v1.ChangeService/Rollback': 'operator:write',
  '/chancery.mesh.v1.StatusService/Watch': 'operator:read',
  '/chancery.mesh.v1.StatusService/WatchMatrix': 'intention:read',
  '/chancery.mesh.v1.StatusService/Check': 'operator:read',
};

/** Whether a path is that of an RPC that changes nothing, by whatever method it is asked for. */
export function isMeshRead(path: string): boolean {
  return Object.hasOwn(meshCalls, path) && meshCalls[path]?.endsWith(':read') === true;
}
