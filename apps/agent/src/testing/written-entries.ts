import { putConfigEntry } from '@chancery/config-entries';
import type { Authorship } from '@chancery/mesh-api';
import { decodeConfigEntry } from '@chancery/model';
import { byTest, changeOf, granted, type PlannedMesh } from './planned-mesh.ts';

/** What is said of a service, as JSON. */
export function defaults(Name: string, Protocol: string): object {
  return { Kind: 'service-defaults', Name, Protocol };
}

/** Whether `web` may reach a service, as JSON. */
export function intention(Name: string, Action: string): object {
  return { Kind: 'service-intentions', Name, Sources: [{ Name: 'web', Action }] };
}

/** Writes an entry; gives the revision of that. */
export async function write(
  mesh: PlannedMesh,
  entry: object,
  by: Authorship = byTest,
): Promise<number> {
  return granted(await mesh.changes.apply(changeOf([entry]), by)).revision;
}

/** Writes an entry as `PUT /v1/config` does: at once, whatever waits for its turn; gives the revision of that. */
export async function writeAtOnce(mesh: PlannedMesh, entry: object): Promise<number> {
  const decoded = decodeConfigEntry(entry, { casing: 'http' });
  if (!decoded.ok) throw new Error(decoded.issues.map(({ message }) => message).join('; '));
  const input = { entry: decoded.value, datacenter: 'dc1' };
  const committed = await mesh.store.commit(putConfigEntry, input, byTest);
  if (!committed.ok) throw new Error(committed.refusal.message);
  return committed.revision;
}
