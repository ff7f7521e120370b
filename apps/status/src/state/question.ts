import type { ApplyResponse, Change, PlanResponse } from '@chancery/mesh-api/v1/changes';
import type { ExplainResponse } from '@chancery/mesh-api/v1/intentions';
import type { GetProxyConfigResponse, WaitAppliedResponse } from '@chancery/mesh-api/v1/proxies';

/** Something to change, as it was asked for. */
export type Write =
  | {
      readonly kind: 'intention';
      readonly source: string;
      readonly destination: string;
      readonly effect: 'allow' | 'deny' | 'delete';
    }
  | { readonly kind: 'rollback'; readonly revision: bigint };

/** Something the agent is asked beside what it tells by itself. */
export type Question =
  | { readonly kind: 'explain'; readonly source: string; readonly destination: string }
  | { readonly kind: 'config'; readonly proxy: string }
  | { readonly kind: 'plan'; readonly write: Write }
  /** Makes what was planned, and nothing else. */
  | {
      readonly kind: 'apply';
      readonly write: Write;
      readonly change: Change | undefined;
      readonly digest: string;
      readonly reason: string;
    }
  | { readonly kind: 'enforced'; readonly revision: bigint };

/** What it answered. */
export type Answer =
  | { readonly kind: 'explain'; readonly value: ExplainResponse }
  | { readonly kind: 'config'; readonly value: GetProxyConfigResponse }
  | {
      readonly kind: 'plan';
      readonly value: PlanResponse;
      /** What was planned; none of a rollback, which is made by its revision. */
      readonly change: Change | undefined;
    }
  | { readonly kind: 'apply'; readonly value: ApplyResponse }
  | { readonly kind: 'enforced'; readonly value: WaitAppliedResponse }
  /** In a sentence. */
  | { readonly kind: 'failed'; readonly reason: string };

/** A question that was not answered yet. */
export interface OpenQuestion {
  readonly id: number;
  readonly question: Question;
}

/** A change in words: `deny web → db`. */
export function writeWords(write: Write): string {
  if (write.kind === 'rollback') return `roll back to r${write.revision}`;
  const { effect, source, destination } = write;
  return effect === 'delete'
    ? `delete the intention ${source} → ${destination}`
    : `${effect} ${source} → ${destination}`;
}

/** The command line that makes the same change. */
export function equivalentCommand(write: Write, reason: string): string {
  const why = reason === '' ? '' : `-reason ${quoted(reason)} `;
  if (write.kind === 'rollback') return `chancery rollback ${why}${write.revision}`;
  const pair = `${quoted(write.source)} ${quoted(write.destination)}`;
  return write.effect === 'delete'
    ? `chancery intention delete ${why}${pair}`
    : `chancery intention create -${write.effect} -replace ${why}${pair}`;
}

/** A word as a shell reads it back. */
function quoted(word: string): string {
  return /^[\w./:@-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
