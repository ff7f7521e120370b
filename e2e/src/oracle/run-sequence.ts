import type { IntentionAction } from '@chancery/intentions';
import { askWhy } from './ask-why.ts';
import { follows, passFence, promptMs, reconnectMs } from './barrier.ts';
import { openBooks } from './books.ts';
import type { Verdict } from './caller.ts';
import { cleanSlate } from './clean-slate.ts';
import { type Operation, sources } from './operation.ts';
import type { Guarded, OracleMesh } from './oracle-mesh.ts';
import { perform } from './perform.ts';
import { probeAll } from './probe-all.ts';
import { readLogs } from './read-logs.ts';
import { beginRun, type SequenceRun, wanted } from './sequence-run.ts';
import type { Tally } from './tally.ts';

/** Runs a sequence on a mesh, and after each operation holds what Envoy enforces to what `decide` says. */
export async function runSequence(
  mesh: OracleMesh,
  defaultAction: IntentionAction,
  operations: readonly Operation[],
  tally: Tally,
): Promise<void> {
  const run = beginRun(mesh, defaultAction, tally);
  await cleanSlate(run);
  const checkBooks = await openBooks(run);
  for (const operation of operations) await step(run, operation);
  await checkBooks();
  await readLogs(run);
}

async function step(run: SequenceRun, operation: Operation): Promise<void> {
  const { registered, guarded } = run.mesh;
  const reconnecting = new Set(guarded.filter(({ service }) => !registered.has(service)));
  const earlier = new Map(guarded.map((to) => [to, wantedOfAll(run, to)]));
  await perform(run, operation);
  for (const to of guarded) {
    const withinMs = reconnecting.has(to) ? reconnectMs : promptMs;
    // First without the fence, which would carry along a change that is not passed on by itself.
    for (const [source, verdict] of wantedOfAll(run, to)) {
      if (earlier.get(to)?.get(source) !== verdict) await follows(run, source, to, withinMs);
    }
    if (registered.has(to.service)) await passFence(run, to, withinMs);
  }
  await probeAll(run);
  await askWhy(run);
}

function wantedOfAll(run: SequenceRun, to: Guarded): ReadonlyMap<string, Verdict> {
  return new Map(sources.map((source) => [source, wanted(run, source, to)]));
}
