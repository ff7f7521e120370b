import { messageJson } from '@chancery/mesh-api/client';
import {
  type ApplyResponse,
  ApplyResponseSchema,
  type DiffResponse,
  DiffResponseSchema,
  type ListHistoryResponse,
  ListHistoryResponseSchema,
  type PlanResponse,
  PlanResponseSchema,
} from '@chancery/mesh-api/v1/changes';

/** A plan as the RPC answers it. */
export function planJson(plan: PlanResponse): unknown {
  return messageJson(PlanResponseSchema, plan);
}

/** What was made, as the RPC answers it. */
export function appliedJson(applied: ApplyResponse): unknown {
  return messageJson(ApplyResponseSchema, applied);
}

/** The history as the RPC answers it. */
export function historyJson(history: ListHistoryResponse): unknown {
  return messageJson(ListHistoryResponseSchema, history);
}

/** A difference as the RPC answers it. */
export function diffJson(diff: DiffResponse): unknown {
  return messageJson(DiffResponseSchema, diff);
}
