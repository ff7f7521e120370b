import type { Instance } from '@chancery/catalog';
import { sidecars, sidecarsByName } from '../../proxies/sidecars.ts';
import type { ProxyParts } from './proxy-parts.ts';

/** A proxy that there is something to tell of. */
export interface Subject {
  readonly id: string;
  /** Its registration; none for a stranger that has a stream. */
  readonly instance?: Instance;
}

/** Every proxy that is registered or has a stream, by ID; or the one with an ID and those of a service. */
export function subjects(parts: ProxyParts, wanted?: string): readonly Subject[] {
  const { store, node, xds } = parts;
  if (wanted === undefined) {
    return subjectsOf(parts, [...registered(parts).keys(), ...xds.publisher.followed()]);
  }
  const named = store.read(sidecarsByName, node).value.get(wanted) ?? [];
  return subjectsOf(parts, [wanted, ...named]);
}

/** One proxy by its ID; none for one that is neither registered nor has a stream. */
export function subject(parts: ProxyParts, id: string): Subject | undefined {
  const instance = registered(parts).get(id);
  if (instance !== undefined) return { id, instance };
  return parts.xds.publisher.isFollowed(id) ? { id } : undefined;
}

function registered({ store, node }: ProxyParts): ReadonlyMap<string, Instance> {
  return store.read(sidecars, node).value;
}

function subjectsOf(parts: ProxyParts, ids: readonly string[]): readonly Subject[] {
  return [...new Set(ids)].sort().flatMap((id) => subject(parts, id) ?? []);
}
