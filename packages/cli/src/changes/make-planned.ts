import type { ApplyResponse, PlanResponse } from '@chancery/mesh-api/v1/changes';
import { fail } from '../attempt.ts';
import { reasonFlag, type Waiting, waitFlags, waitingOf } from '../change-flags.ts';
import type { Call } from '../command.ts';
import { enforced } from '../enforced.ts';
import type { Flag } from '../flags.ts';
import { httpFlags } from '../http-flags.ts';
import { formatFlag, printJson, wantsJson } from '../output/format.ts';
import { confirmed, yesFlag } from './confirmed.ts';
import { allFlag } from './print-lines.ts';

/** The flags of commands that plan a change, ask and make it. */
export const makingFlags: readonly Flag[] = [
  yesFlag,
  reasonFlag,
  ...waitFlags,
  allFlag,
  formatFlag,
  ...httpFlags,
];

/** A change in two steps. */
export interface Planned {
  readonly plan: () => Promise<PlanResponse>;
  /** What is said where there is nothing to change. */
  readonly nothing?: string;
  /** Makes what was planned, and nothing else. */
  readonly make: (digest: string, reason: string) => Promise<ApplyResponse>;
}

/** Shows what a change would do, asks, makes exactly that, and waits for the proxies where that is wanted. */
export async function makePlanned(call: Call, { plan, make, nothing }: Planned): Promise<number> {
  const waiting = await waitingOf(call.flags);
  if (!waiting.ok) return fail(call.io, waiting.message);
  if (wantsJson(call) && !call.flags.on(yesFlag.name)) {
    return fail(call.io, '-format json shows no plan to agree to: -yes makes the change');
  }
  const planned = await plan();
  if (!wantsJson(call)) (await import('./print-plan.ts')).printPlan(call, planned, nothing);
  if (planned.changes.length === 0) return await nothingToMake(call, waiting, planned, make);
  const consent = await confirmed(call);
  if (consent !== true) return consent;
  const applied = await make(planned.digest, call.flags.text('reason') ?? '');
  const written = { revisions: new Set([Number(applied.revision)]) };
  if (wantsJson(call)) printJson(call.io, (await import('./change-json.ts')).appliedJson(applied));
  else call.io.out(`Made as revision ${applied.revision}.`);
  return await enforced(aside(call), waiting, written);
}

/** All is declared, which does not say that proxies have it: a wait that was in vain is repeated with the same command. */
async function nothingToMake(
  call: Call,
  waiting: Waiting & { readonly ok: true },
  { digest, revision, warnings }: PlanResponse,
  make: Planned['make'],
): Promise<number> {
  if (wantsJson(call)) printJson(call.io, { revision: String(revision), changes: [], warnings });
  if (waiting.timeoutMs === undefined) return 0;
  const made = await make(digest, '');
  return await enforced(aside(call), waiting, { revisions: new Set([Number(made.revision)]) });
}

/** Standard output is one JSON value where that is wanted: all else goes beside it. */
function aside(call: Call): Call {
  return wantsJson(call) ? { ...call, io: { ...call.io, out: call.io.err } } : call;
}
