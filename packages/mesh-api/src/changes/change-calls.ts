import type { ServiceImpl } from '@connectrpc/connect';
import type { ChangeService } from '../../gen/chancery/mesh/v1/changes_pb.ts';
import type { MeshApiDependencies } from '../dependencies.ts';
import type { ChangeSource } from './change-source.ts';

/** The calls about changes, over their source. */
export function changeCalls(
  _source: ChangeSource,
  _principal: MeshApiDependencies['principal'],
): Partial<ServiceImpl<typeof ChangeService>> {
  return {};
}
