import type { CheckStatus, Service } from '@chancery/model';
import { defineQuery, type Query, type View } from '@chancery/store';
import { subjectStatus, worse } from './check-state.ts';
import { type Instance, instances } from './instance.ts';
import { compareText, instanceKey, subjectKey } from './keys.ts';
import { nodes } from './node.ts';

/** An address where an instance takes mTLS connections, with its share of the traffic. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
  /** At least 1. */
  readonly weight: number;
}

/**
 * Where a service takes mTLS connections now, by service key (`serviceKey`), ordered by address and
 * port. The same array until an endpoint changes, whatever else does.
 */
export const connectEndpoints: Query<string, readonly Endpoint[]> = defineQuery<
  string,
  readonly Endpoint[]
>({
  name: 'catalog.connectEndpoints',
  evaluate: (view, service) =>
    distinct(
      view
        .by(instances, 'destination', service)
        .map(({ node, service: { id } }) => view.query(connectEndpoint, instanceKey(node, id)))
        .filter((endpoint) => endpoint !== undefined)
        .sort(byAddress),
    ),
  equal: (a, b) =>
    a.length === b.length && a.every((endpoint, at) => sameEndpoint(endpoint, b[at])),
});

/** The endpoint of one sidecar or native instance by `instanceKey`; none unless traffic may go to it. */
export const connectEndpoint: Query<string, Endpoint | undefined> = defineQuery<
  string,
  Endpoint | undefined
>({
  name: 'catalog.connectEndpoint',
  evaluate: (view, key) => {
    const instance = view.get(instances, key);
    const fronted = instance && frontedService(view, instance);
    return instance && fronted && endpointOf(view, instance, fronted);
  },
  equal: sameEndpoint,
});

/**
 * What stands behind an endpoint and so gives it its weights: the parent, or the instance itself
 * where it fronts every instance of a name. An orphan has nothing behind it.
 */
function frontedService(view: View, { node, service }: Instance): Service | undefined {
  const proxy = service.proxy;
  if (proxy === undefined || proxy.destinationServiceId === '') return service;
  const parent = view.get(instances, instanceKey(node, proxy.destinationServiceId))?.service;
  return parent?.name === proxy.destinationServiceName ? parent : undefined;
}

function endpointOf(view: View, instance: Instance, fronted: Service): Endpoint | undefined {
  const { node, service } = instance;
  const address = service.address || (view.get(nodes, node)?.address ?? '');
  const status = statusOfAll(view, node, [...new Set(['', service.id, fronted.id])]);
  const weight = status === 'passing' ? fronted.weights.passing : fronted.weights.warning;
  const usable = status !== 'critical' && weight > 0 && address !== '' && service.port !== 0;
  return usable ? { address, port: service.port, weight } : undefined;
}

function statusOfAll(view: View, node: string, serviceIds: readonly string[]): CheckStatus {
  return serviceIds
    .map((id) => view.query(subjectStatus, subjectKey(node, id)))
    .reduce(worse, 'passing');
}

/** Envoy wants no address twice. */
function distinct(sorted: readonly Endpoint[]): readonly Endpoint[] {
  return sorted.filter((endpoint, at) => {
    const before = sorted[at - 1];
    return before?.address !== endpoint.address || before.port !== endpoint.port;
  });
}

function byAddress(a: Endpoint, b: Endpoint): number {
  return compareText(a.address, b.address) || a.port - b.port || b.weight - a.weight;
}

function sameEndpoint(a: Endpoint | undefined, b: Endpoint | undefined): boolean {
  return a?.address === b?.address && a?.port === b?.port && a?.weight === b?.weight;
}
