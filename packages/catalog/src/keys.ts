/** The key of an instance: which node, which service ID. */
export function instanceKey(node: string, serviceId: string): string {
  return `${segment(node)}/${serviceId}`;
}

/** The key of a check: which node, which check ID. */
export function checkKey(node: string, checkId: string): string {
  return `${segment(node)}/${checkId}`;
}

/** What a check is attached to: an instance, or with no service ID the node itself. */
export function subjectKey(node: string, serviceId: string): string {
  return instanceKey(node, serviceId);
}

/** The key under which instances of one node that listen on one port are found. */
export function portKey(node: string, port: number): string {
  return `${segment(node)}/${port}`;
}

/** A node's name may hold a slash; quoted, so that no two pairs share a key. */
function segment(node: string): string {
  return /[%/]/.test(node) ? node.replaceAll('%', '%25').replaceAll('/', '%2F') : node;
}

/** By code unit: the same order on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

const groups = 64;

/** Groups of names, each about as large as the others: a change of one instance concerns one of them. */
export const nameGroups: readonly string[] = Array.from({ length: groups }, (_, at) => String(at));

/** The group of a service's name. */
export function nameGroup(name: string): string {
  let hash = 0;
  for (let at = 0; at < name.length; at += 1) {
    hash = (Math.imul(hash, 31) + name.charCodeAt(at)) | 0;
  }
  return String(hash & (groups - 1));
}
