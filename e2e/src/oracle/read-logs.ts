import { labAgent } from '@chancery/testing';
import { disagree, type SequenceRun } from './sequence-run.ts';

/** Holds the reason in Envoy's access log to that of `decide`, for every connection that was judged by a state at rest. */
export async function readLogs(run: SequenceRun): Promise<void> {
  if (labAgent().isPeer) return;
  for (const { log, service } of run.mesh.guarded) {
    for (const { source, decision, logged } of await log.read()) {
      if (decision === undefined) continue;
      run.tally.logged += 1;
      if (logged === decision) continue;
      throw disagree(
        run,
        `${source} => ${service} is logged as ${logged}, and ${decision} decides`,
      );
    }
  }
}
