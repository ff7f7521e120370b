import type { Part } from './part.ts';
import type { Compiled, Diagnostic, Resource } from './resource.ts';

/**
 * The parts of a snapshot as one set. A name can stand for one resource only: the first keeps it, and
 * what comes later under the same name is left out and told.
 */
export function assemble(parts: readonly Part[], secrets: readonly string[]): Compiled {
  const taken = new Map<string, Resource>();
  const diagnostics = parts.flatMap((part) => part.diagnostics);
  for (const part of parts) {
    for (const [key, resource] of keyed(part)) {
      const first = taken.get(key);
      if (first === undefined) taken.set(key, resource);
      else if (first.hash !== resource.hash) diagnostics.push(nameTaken(resource));
    }
  }
  return { resources: [...taken.values()], secrets, diagnostics };
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
