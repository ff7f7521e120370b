import type { ServiceImpl } from '@connectrpc/connect';
import type { IntentionService } from '../../gen/chancery/mesh/v1/intentions_pb.ts';
import type { IntentionSource } from './intention-source.ts';

/** The calls about intentions, over their source. */
export function intentionCalls(
  _source: IntentionSource,
): Partial<ServiceImpl<typeof IntentionService>> {
  return {};
}
