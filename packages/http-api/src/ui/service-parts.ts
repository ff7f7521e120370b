import { connectHealthInstances, healthInstances } from '@chancery/catalog';
import { serviceKey, serviceRef } from '@chancery/identity';
import type { View } from '@chancery/store';
import type { ServiceParts } from './service-summary.ts';

/** The instances of a name and the proxies before it, read within a query. */
export function serviceParts(view: View, name: string): ServiceParts {
  const key = serviceKey(serviceRef(name));
  const connected = view.query(connectHealthInstances, key);
  return {
    name,
    instances: view.query(healthInstances, key),
    proxies: connected.filter(({ instance }) => instance.service.proxy !== undefined),
  };
}
