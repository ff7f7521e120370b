import { serviceKey, serviceRef } from '@chancery/identity';
import type { Service } from '@chancery/model';
import { defineTable, type Table } from '@chancery/store';
import { instanceKey, nameGroup, portKey } from './keys.ts';

/** One instance of a service on a node. */
export interface Instance {
  readonly node: string;
  readonly service: Service;
  /** Registered by its parent's `sidecar_service` block: it goes when the parent goes. */
  readonly asSidecar: boolean;
}

/**
 * The instances by node and service ID. Indexes: `service` by service key, `node`, `destination` by
 * the service key that a sidecar fronts, `parent` by the instance that it fronts, `port` by node and
 * port, `group` by the group of its service's name.
 */
export const instances: Table<Instance> = defineTable<Instance>({
  name: 'instances',
  kind: 'declared',
  key: (row) => instanceKey(row.node, row.service.id),
  indexes: {
    service: (row) => [nameKey(row.service.name)],
    node: (row) => [row.node],
    destination: (row) => mutualTlsNames(row.service).map(nameKey),
    parent: (row) => parentKeys(row),
    port: (row) => (row.service.port === 0 ? [] : [portKey(row.node, row.service.port)]),
    group: (row) => [nameGroup(row.service.name)],
  },
});

/** The names for which an instance takes mTLS connections: what a sidecar fronts, a native one's own. */
function mutualTlsNames(service: Service): readonly string[] {
  if (service.proxy !== undefined) return [service.proxy.destinationServiceName];
  return service.connectNative ? [service.name] : [];
}

function parentKeys({ node, service }: Instance): readonly string[] {
  const parent = service.proxy?.destinationServiceId ?? '';
  return parent === '' ? [] : [instanceKey(node, parent)];
}

function nameKey(name: string): string {
  return serviceKey(serviceRef(name));
}
