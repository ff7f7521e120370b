import { passFence, promptMs, reconnectMs } from './barrier.ts';
import { destinations } from './operation.ts';
import { fence } from './oracle-mesh.ts';
import { isDestination } from './perform.ts';
import type { SequenceRun } from './sequence-run.ts';

/** Brings the mesh to where every sequence begins, so that one can be run again alone: no intention but the fences', which allow; all destinations registered, and nobody else. */
export async function cleanSlate(run: SequenceRun): Promise<void> {
  const { mesh } = run;
  const before = new Set(mesh.registered);
  await deleteIntentions(run);
  for (const service of before) if (!isDestination(service)) await mesh.deregister(service);
  for (const service of destinations) if (!before.has(service)) await mesh.register(service);
  for (const to of mesh.guarded) {
    await passFence(run, to, before.has(to.service) ? promptMs : reconnectMs);
    if (mesh.fences.get(to.service) === 'deny') await passFence(run, to, promptMs);
  }
}

async function deleteIntentions({ mesh: { client } }: SequenceRun): Promise<void> {
  const { value: present } = await client.intentions.list();
  for (const { SourceName, DestinationName } of present) {
    if (SourceName !== fence) await client.intentions.delete(SourceName, DestinationName);
  }
}
