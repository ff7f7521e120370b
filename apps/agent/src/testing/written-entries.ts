import type { Authorship } from '@chancery/mesh-api';
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
