import { type Command, commit, type Operation, refuse, remove, type View } from '@chancery/store';
import { detachAll } from './attach-checks.ts';
import { type Instance, instances } from './instance.ts';
import { instanceKey } from './keys.ts';
import { portSearched } from './sidecar-port.ts';

/** Which instance is to go. */
export interface DeregisterServiceInput {
  readonly node: string;
  readonly serviceId: string;
}

/**
 * Removes an instance with its checks, and with it the sidecar that was registered through its
 * `sidecar_service` block. A sidecar registered by itself stays, an orphan that is never an endpoint.
 */
export const deregisterService: Command<
  DeregisterServiceInput,
  { removed: readonly Instance[] }
> = (view, _principal, { node, serviceId }) => {
  const instance = view.get(instances, instanceKey(node, serviceId));
  if (instance === undefined) return refuse('not-found', unknownService(serviceId));
  const removed = [instance, ...ownSidecars(view, instance)];
  return commit(removedInstances(view, node, removed), { removed });
};

/** The operations that take instances of one node away, with their checks. */
export function removedInstances(view: View, node: string, gone: readonly Instance[]): Operation[] {
  return [
    ...gone.flatMap(({ service: { id } }) => [
      remove(instances, instanceKey(node, id)),
      ...detachAll(view, { node, serviceId: id }),
    ]),
    ...portSearched(view, node, { released: gone.map(({ service }) => service.port) }),
  ];
}

/** The sidecars that go with an instance. */
export function ownSidecars(view: View, { node, service }: Instance): readonly Instance[] {
  return view
    .by(instances, 'parent', instanceKey(node, service.id))
    .filter(({ asSidecar }) => asSidecar);
}

/** What is answered about an instance that is not there. */
export function unknownService(id: string): string {
  return `Unknown service ID "${id}". Ensure that the service ID is passed, not the service name.`;
}
