import type { ServiceImpl } from '@connectrpc/connect';
import type { IntentionService } from '../../gen/chancery/mesh/v1/intentions_pb.ts';
import { explainCall } from './explain-call.ts';
import type { IntentionSource } from './intention-source.ts';
import { verifyCall } from './verify-call.ts';

/** The calls about intentions, over their source. */
export function intentionCalls(source: IntentionSource): ServiceImpl<typeof IntentionService> {
  return { explain: explainCall(source), verify: verifyCall(source) };
}
