import { connectInstancesOf, type InstanceRow, instancesOf, serviceNames } from '@chancery/catalog';
import { serviceKey, serviceRef } from '@chancery/identity';
import { suggest } from '@chancery/model';
import type { View } from '@chancery/store';

/** The sidecars and native instances of a service, well or not. */
export function frontingInstances(view: View, service: string): readonly InstanceRow[] {
  return view.query(connectInstancesOf, serviceKey(serviceRef(service)));
}

/** The service that a name is the sidecar of; undefined where it is none. */
export function frontedBy(view: View, name: string): string | undefined {
  const [first] = view.query(instancesOf, serviceKey(serviceRef(name)));
  return first?.service.proxy?.destinationServiceName;
}

/** Why a name is none of a service that could be reached; undefined where it is one. */
export function unknownService(view: View, service: string): string | undefined {
  if (view.query(instancesOf, serviceKey(serviceRef(service))).length > 0) return undefined;
  if (service === '*') return '"*" stands for all services: name one to have its way explained';
  const names = view.query(serviceNames, '').map(({ name }) => name);
  const near = suggest(service, names);
  const said = `there is no service ${JSON.stringify(service)}`;
  return near === undefined ? said : `${said}: did you mean ${JSON.stringify(near)}?`;
}
