import type { ResourceStanding } from './explanation.ts';

/** That nobody is there who would take a connection to a service. */
export function unservedInWords(service: string): string {
  return `${service} has no sidecar, and nobody else takes its connections`;
}

const kinds: ReadonlyMap<string, string> = new Map([
  ['Cluster', 'the cluster'],
  ['ClusterLoadAssignment', 'the endpoints of'],
  ['Listener', 'the listener'],
]);

/** A resource by its kind and name: a cluster and its endpoints share theirs. */
export function resourceInWords(typeUrl: string, name: string): string {
  const kind = kinds.get(typeUrl.slice(typeUrl.lastIndexOf('.') + 1));
  return kind === undefined ? name : `${kind} ${name}`;
}

/** What keeps a proxy from having a resource; undefined where it has it. */
export function lackInWords(
  proxy: string,
  name: string,
  { state, connected, detail }: ResourceStanding,
): string | undefined {
  if (!connected) return `${proxy} is not connected: it does what it was told last, if it runs`;
  if (state === 'synced') return undefined;
  const lacks = state === 'rejected' ? 'does not take' : 'does not have';
  return `${proxy} ${lacks} ${name}: ${detail}`;
}
