import type { PlanResponse } from '@chancery/mesh-api/v1/changes';
import type { Call } from '../command.ts';
import { planLines } from './plan-lines.ts';
import { extentOf, printLines } from './print-lines.ts';

const allAsDeclared = 'all is as it is declared';

/** Prints a plan; what is to be warned of goes to standard error. */
export function printPlan(call: Call, plan: PlanResponse, nothing: string = allAsDeclared): void {
  for (const warning of plan.warnings) call.io.err(`Warning: ${warning}`);
  if (plan.changes.length === 0) call.io.out(`No changes: ${nothing}.`);
  else printLines(call.io, planLines(plan, extentOf(call)));
}
