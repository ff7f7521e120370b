import { typeUrls } from '@chancery/envoy-api';
import { type ListeningPlace, overlap } from './listening-place.ts';
import type { Part } from './part.ts';
import type { Compiled, Diagnostic, Resource } from './resource.ts';

/** A resource of a part, by what only one resource of a set may have. */
interface Keyed {
  readonly key: string;
  readonly resource: Resource;
  /** Whom the part is about. */
  readonly peer: string | undefined;
}

/**
 * The parts of a snapshot as one set. A name can stand for one resource only: the first keeps it, and
 * what comes later under the same name is left out and told. The rest of its part goes with it unless both
 * are about one peer: a listener must not lead to the cluster of somebody else.
 *
 * The same goes for where peers reach the proxy, `mesh`: a listener of an upstream there would take their
 * connections without mutual TLS and intentions.
 */
export function assemble(
  parts: readonly Part[],
  secrets: readonly string[],
  mesh: readonly ListeningPlace[],
): Compiled {
  const taken = new Map<string, Keyed>();
  const diagnostics = parts.flatMap((part) => part.diagnostics);
  for (const part of parts) {
    const invaded = part.peer === undefined ? undefined : invadedBy(part, mesh);
    if (invaded !== undefined) diagnostics.push(placeTaken(part, invaded));
    else diagnostics.push(...added(part, taken));
  }
  const resources = Array.from(taken.values(), ({ resource }) => resource);
  return { resources, secrets, diagnostics };
}

/** Adds what can be added of a part, and tells what was not. */
function added(part: Part, taken: Map<string, Keyed>): readonly Diagnostic[] {
  const own = keyed(part);
  const late = own.filter(({ key, resource }) => {
    const first = taken.get(key)?.resource;
    return first !== undefined && first.hash !== resource.hash;
  });
  const misled = late.some(({ key, peer }) => taken.get(key)?.peer !== peer);
  if (!misled) for (const each of own) if (!taken.has(each.key)) taken.set(each.key, each);
  return late.map(({ resource }) => nameTaken(resource));
}

const keys = new WeakMap<Part, readonly Keyed[]>();

/** The resources of a part by type and name. A part is shared by many proxies, so it is asked for this many times. */
function keyed(part: Part): readonly Keyed[] {
  const known = keys.get(part);
  if (known !== undefined) return known;
  const { peer } = part;
  const fresh = part.resources.map((resource) => {
    return { key: `${resource.typeUrl}\0${resource.name}`, resource, peer };
  });
  keys.set(part, fresh);
  return fresh;
}

function invadedBy(
  { listensAt = [] }: Part,
  mesh: readonly ListeningPlace[],
): ListeningPlace | undefined {
  return mesh.find((place) => listensAt.some((own) => overlap(own, place)));
}

function placeTaken({ resources }: Part, { address, port }: ListeningPlace): Diagnostic {
  const resource = resources.find(({ typeUrl }) => typeUrl === typeUrls.listener)?.name ?? '';
  const message = `an upstream may not listen where the mesh reaches this proxy, ${address}:${port}; it is left out`;
  return { code: 'place-taken', resource, message };
}

function nameTaken({ name, typeUrl }: Resource): Diagnostic {
  const type = typeUrl.slice(typeUrl.lastIndexOf('.') + 1);
  const message = `a second ${type} of this name is left out: give it a name of its own`;
  return { code: 'name-taken', resource: name, message };
}
