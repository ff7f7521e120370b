import { type CatalogUsage, catalogUsage } from '@chancery/catalog';
import type { HttpApiDependencies } from '../dependencies.ts';
import { json } from '../reply.ts';
import { type Reading, type Route, reading } from '../route.ts';

/** How much there is in the catalog, as it is counted for a licence elsewhere. */
export const usageRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/operator/usage',
    right: 'operator:read',
    blocking: 'index',
    saysConsistency: true,
    read: usage,
  },
];

function usage({ store, datacenter }: HttpApiDependencies): Reading {
  return reading(catalogUsage, '', (counted) => {
    const { index } = store.read(catalogUsage, '');
    return json({ Usage: { [datacenter]: inWords(counted) }, Index: index, ...answered });
  });
}

function inWords({ nodes, services, instances, meshInstances, workloads }: CatalogUsage): object {
  return {
    Services: services,
    ServiceInstances: instances,
    ConnectServiceInstances: meshInstances,
    BillableServiceInstances: workloads,
    Nodes: nodes,
  };
}

/** What Consul tells of every read in headers, it tells of this one in the body too. */
const answered = {
  LastContact: 0,
  KnownLeader: true,
  ConsistencyLevel: 'leader',
  NotModified: false,
  Backend: 0,
  ResultsFilteredByACLs: false,
};
