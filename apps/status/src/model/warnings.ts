import type { Proxy as MeshProxy } from '@chancery/mesh-api/v1/proxies';
import type { Mesh } from './mesh.ts';
import type { Problem } from './problem.ts';

/**
 * What somebody should look at though nothing has failed: what `chancery check` warns of that rows show. Whoever stops
 * a sidecar on purpose, or has yet to start it, is not told that the mesh is broken.
 */
export function warnings(mesh: Mesh): readonly Problem[] {
  // Of half a mesh nobody knows what is missing.
  if (!mesh.complete) return [];
  const known = kept.get(mesh);
  if (known !== undefined) return known;
  const proxies = [...mesh.proxies.values()];
  const found = [
    ...bounded(proxies.filter(isAbsent).map(absent), 'registered sidecars are not connected'),
    ...bounded(proxies.filter(isStranger).map(stranger), 'proxies are not registered'),
    ...bounded(proxies.filter(isOrphanIn(mesh)).map(orphan), 'sidecars have lost their service'),
    ...bounded(proxies.flatMap(unbuilt), 'parts of configuration could not be built'),
  ];
  kept.set(mesh, found);
  return found;
}

const kept = new WeakMap<Mesh, readonly Problem[]>();

function isAbsent({ streams, service }: MeshProxy): boolean {
  return streams === 0 && service !== '';
}

function absent({ id, service }: MeshProxy): Problem {
  return about(id, `${id} is registered for ${service}, and is not connected`);
}

function isStranger({ service }: MeshProxy): boolean {
  return service === '';
}

function stranger({ id }: MeshProxy): Problem {
  return about(id, `${id} is connected, and no sidecar of that ID is registered`);
}

/** Sidecars take connections for a service that they have nobody of to hand them to. */
function isOrphanIn({ services }: Mesh): (proxy: MeshProxy) => boolean {
  return ({ service }) => service !== '' && (services.get(service)?.instances ?? 0) === 0;
}

function orphan({ id, service }: MeshProxy): Problem {
  return about(id, `${id} stands for ${service}, of which there is no instance`);
}

/** Of a stranger all that there is to say is said. */
function unbuilt({ id, service, problems }: MeshProxy): readonly Problem[] {
  if (service === '') return [];
  return problems.map(({ resource, message }) =>
    about(id, `${id}: ${resource === '' ? '' : `${resource}: `}${message}`),
  );
}

function about(id: string, text: string): Problem {
  return { text, view: 'proxies', id };
}

/** How many of one sort are told one by one: the rows of the proxies have all of them. */
const toldAtMost = 10;

function bounded(found: readonly Problem[], what: string): readonly Problem[] {
  const more = found.length - toldAtMost;
  if (more <= 0) return found;
  return [...found.slice(0, toldAtMost), { text: `and ${more} more ${what}` }];
}
