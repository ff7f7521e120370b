import type { Instance } from '@chancery/catalog';
import { sidecars } from '../../proxies/sidecars.ts';
import type { ProxyParts } from './proxy-parts.ts';

/** A proxy that there is something to tell of. */
export interface Subject {
  readonly id: string;
  /** Its registration; none for a stranger that has a stream. */
  readonly instance?: Instance;
}

/** Every proxy that is registered or has a stream, by ID; or the one with an ID and those of a service. */
export function subjects(parts: ProxyParts, wanted?: string): readonly Subject[] {
  const registered = registeredSidecars(parts);
  if (wanted !== undefined) {
    const ofService = [...registered.values()].filter((it) => isNamed(it, wanted));
    const ids = [wanted, ...ofService.map(({ service }) => service.id)];
    return subjectsOf(parts, ids);
  }
  return subjectsOf(parts, [...registered.keys(), ...parts.xds.publisher.followed()]);
}

/** One proxy by its ID; none for one that is neither registered nor has a stream. */
export function subject(parts: ProxyParts, id: string): Subject | undefined {
  const instance = registeredSidecars(parts).get(id);
  if (instance !== undefined) return { id, instance };
  return parts.xds.publisher.isFollowed(id) ? { id } : undefined;
}

function registeredSidecars({ store, node }: ProxyParts): ReadonlyMap<string, Instance> {
  return store.read(sidecars, node).value;
}

function subjectsOf(parts: ProxyParts, ids: readonly string[]): readonly Subject[] {
  return [...new Set(ids)].sort().flatMap((id) => subject(parts, id) ?? []);
}

function isNamed({ service }: Instance, name: string): boolean {
  return service.name === name || service.proxy?.destinationServiceName === name;
}
