import { setTimeout as sleep } from 'node:timers/promises';
import type { Verdict } from './caller.ts';
import { fence, type Guarded } from './oracle-mesh.ts';
import { disagree, knock, type SequenceRun, wanted } from './sequence-run.ts';

/** How soon after the answer to a command its effect must be seen. */
export const promptMs = 1000;
/** The same for an Envoy whose stream was closed: it comes back in its own time. */
export const reconnectMs = 5000;

const everyMs = 3;

/** Waits until Envoy enforces what is wanted of it about one source, and gives up after the time in which it must. */
export async function follows(
  run: SequenceRun,
  source: string,
  to: Guarded,
  withinMs: number,
): Promise<void> {
  const verdict = wanted(run, source, to);
  const start = performance.now();
  while ((await knock(run, source, to)) !== verdict) {
    if (performance.now() - start > withinMs) throw late(run, source, to, verdict, withinMs);
    await sleep(everyMs);
  }
}

/**
 * Waits until a destination's Envoy enforces a state no older than all that was done so far.
 *
 * A verdict is no proof of that where old and new state agree about it. So the intention of a source that is
 * nobody's but the test's own is turned, always against what is enforced about that source at present:
 * commands take effect in their order, hence what enforces the turn enforces all before it as well.
 */
export async function passFence(run: SequenceRun, to: Guarded, withinMs: number): Promise<void> {
  const { mesh, expectation } = run;
  const action = expectation.allows(fence, to.service) ? 'deny' : 'allow';
  const { service: destination } = to;
  await mesh.client.intentions.upsert({
    SourceName: fence,
    DestinationName: destination,
    Action: action,
  });
  expectation.write({ source: fence, destination, action });
  mesh.fences.set(destination, action);
  await follows(run, fence, to, withinMs);
}

function late(
  run: SequenceRun,
  source: string,
  { service }: Guarded,
  verdict: Verdict,
  withinMs: number,
): Error {
  const what = verdict === 'echo' ? 'let through' : 'refused';
  return disagree(run, `${source} => ${service} is to be ${what}, and was not for ${withinMs} ms`);
}
