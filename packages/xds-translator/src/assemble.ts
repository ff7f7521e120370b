import type { Part } from './part.ts';
import type { Compiled, Diagnostic, Resource } from './resource.ts';

interface Taken {
  readonly resource: Resource;
  readonly peer: string | undefined;
}

/**
 * The parts of a snapshot as one set. A name can stand for one resource only: the first keeps it, and
 * what comes later under the same name is left out and told. The rest of its part goes with it unless both
 * are about one peer: a listener must not lead to the cluster of somebody else.
 */
export function assemble(parts: readonly Part[], secrets: readonly string[]): Compiled {
  const taken = new Map<string, Taken>();
  const diagnostics = parts.flatMap((part) => part.diagnostics);
  for (const part of parts) {
    const { peer } = part;
    const late = keyed(part).filter(([key, { hash }]) => {
      const first = taken.get(key);
      return first !== undefined && first.resource.hash !== hash;
    });
    for (const [, resource] of late) diagnostics.push(nameTaken(resource));
    if (late.some(([key]) => taken.get(key)?.peer !== peer)) continue;
    for (const [key, resource] of keyed(part)) {
      if (!taken.has(key)) taken.set(key, { resource, peer });
    }
  }
  const resources = [...taken.values()].map(({ resource }) => resource);
  return { resources, secrets, diagnostics };
}

type Keyed = readonly (readonly [key: string, resource: Resource])[];

const keys = new WeakMap<Part, Keyed>();

/** The resources of a part by type and name. A part is shared by many proxies, so it is asked for this many times. */
function keyed(part: Part): Keyed {
  const known = keys.get(part);
  if (known !== undefined) return known;
  const fresh = part.resources.map(
    (resource) => [`${resource.typeUrl}\0${resource.name}`, resource] as const,
  );
  keys.set(part, fresh);
  return fresh;
}

function nameTaken({ name, typeUrl }: Resource): Diagnostic {
  const type = typeUrl.slice(typeUrl.lastIndexOf('.') + 1);
  const message = `a second ${type} of this name is left out: give it a name of its own`;
  return { code: 'name-taken', resource: name, message };
}
