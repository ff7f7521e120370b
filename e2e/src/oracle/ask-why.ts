import { labAgent, until } from '@chancery/testing';
import { promptMs } from './barrier.ts';
import type { Explained } from './explained.ts';
import { sources } from './operation.ts';
import type { Guarded } from './oracle-mesh.ts';
import { disagree, type SequenceRun } from './sequence-run.ts';

/**
 * Has the agent explain one connection to each destination, of another source each time, and holds that to what Envoy was
 * just seen to do: the verdict, and what the filter of the sidecar is said to enforce and to log. The sidecar must have acknowledged it.
 */
export async function askWhy(run: SequenceRun): Promise<void> {
  if (labAgent().isPeer) return;
  const { guarded, registered } = run.mesh;
  for (const to of guarded) {
    if (!registered.has(to.service)) continue;
    const source = sources[run.tally.explained % sources.length] ?? '';
    run.tally.explained += 1;
    await explain(run, source, to);
  }
}

async function explain(run: SequenceRun, source: string, { service }: Guarded): Promise<void> {
  const { mesh, expectation } = run;
  const ask = (): Promise<Explained> => mesh.explain(source, service);
  // What Envoy does it may have done before the agent reads that it has taken it.
  const isTaken = async (): Promise<Explained | undefined> => {
    const explained = await ask();
    return explained.enforcing[0]?.state === 'SYNC_STATE_SYNCED' ? explained : undefined;
  };
  const what = `the explanation of ${source} => ${service} has the sidecar as synced`;
  const { value } = await until(isTaken, { withinMs: promptMs, what });
  const allowed = expectation.allows(source, service);
  const logged = expectation.decision(source, service);
  const [enforcing] = value.enforcing;
  const said = { allowed: value.allowed, enforced: enforcing?.allowed, logged: enforcing?.logged };
  if (said.allowed === allowed && said.enforced === allowed && said.logged === logged) return;
  const wanted = `${allowed ? 'allowed' : 'denied'} by ${logged}`;
  throw disagree(
    run,
    `${source} => ${service} is ${wanted}, and explained as ${JSON.stringify(said)}`,
  );
}
