import type { ServiceImpl } from '@connectrpc/connect';
import type { StatusService } from '../../gen/chancery/mesh/v1/status_pb.ts';
import type { StatusSource } from './status-source.ts';

/** The calls of those who watch, over their source. */
export function statusCalls(_source: StatusSource): Partial<ServiceImpl<typeof StatusService>> {
  return {};
}
