import { type HealthRow, healthInstances } from '@chancery/catalog';
import {
  type ConfigEntryRow,
  configEntriesOf,
  configEntryAt,
  configEntryKey,
  type EntryOf,
  protocolOf,
} from '@chancery/config-entries';
import { serviceKey, serviceRef } from '@chancery/identity';
import { defineQuery, type Query, type RowRevisions, type View } from '@chancery/store';
import type { GatewayService } from './gateway-service.ts';
import { meshServices, plainServices } from './mesh-services.ts';

const WILDCARD = '*';

/** The services behind a gateway, by its name: in the order of their names, then of the ports. */
export const gatewayServices: Query<string, readonly GatewayService[]> = defineQuery<
  string,
  readonly GatewayService[]
>({
  name: 'httpApi.gatewayServices',
  evaluate: (view, gateway) => {
    const rows = (['ingress-gateway', 'terminating-gateway'] as const).flatMap(
      (kind) => view.query(configEntryAt, configEntryKey(kind, gateway)) ?? [],
    );
    return rows.flatMap((row) => servicesIn(view, row)).sort(byNameAndPort);
  },
});

/** The instances of ingress gateways that serve a service, by service key of it. */
export const ingressHealthInstances: Query<string, readonly HealthRow[]> = defineQuery<
  string,
  readonly HealthRow[]
>({
  name: 'httpApi.ingressHealthInstances',
  evaluate: (view, service) => {
    const serving = view
      .query(configEntriesOf, 'ingress-gateway')
      .filter((row) => servicesIn(view, row).some((served) => keyOf(served.service) === service));
    return serving.flatMap(({ entry }) => view.query(healthInstances, keyOf(entry.name)));
  },
});

function servicesIn(view: View, { entry, revisions }: ConfigEntryRow): readonly GatewayService[] {
  switch (entry.kind) {
    case 'ingress-gateway':
      return ingressServices(view, entry, revisions);
    case 'terminating-gateway':
      return terminatingServices(view, entry, revisions);
    default:
      return [];
  }
}

/** A wildcard of a listener stands for the services of the mesh that speak its protocol and are not named beside it. */
function ingressServices(
  view: View,
  { name: gateway, kind: gatewayKind, listeners }: EntryOf<'ingress-gateway'>,
  revisions: RowRevisions,
): readonly GatewayService[] {
  return listeners.flatMap(({ port, protocol, services }) => {
    const named = new Set(services.map(({ name }) => name));
    return services.flatMap(({ name, hosts }) => {
      const fits = (service: string): boolean =>
        !named.has(service) && view.query(protocolOf, service) === protocol;
      const found = name === WILDCARD ? view.query(meshServices, '').filter(fits) : [name];
      return found.map((service) => ({
        gateway,
        service,
        gatewayKind,
        fromWildcard: name === WILDCARD,
        port,
        protocol,
        ...(hosts.length > 0 && { hosts }),
        revisions,
      }));
    });
  });
}

/** A wildcard stands for every service that is no proxy and is not named beside it. */
function terminatingServices(
  view: View,
  { name: gateway, kind: gatewayKind, services }: EntryOf<'terminating-gateway'>,
  revisions: RowRevisions,
): readonly GatewayService[] {
  const named = new Set(services.map(({ name }) => name));
  return services.flatMap(({ name, disableAutoHostRewrite, caFile, certFile, keyFile, sni }) => {
    const found =
      name === WILDCARD
        ? view.query(plainServices, '').filter((service) => !named.has(service))
        : [name];
    return found.map((service) => ({
      gateway,
      service,
      gatewayKind,
      fromWildcard: name === WILDCARD,
      autoHostRewrite: !disableAutoHostRewrite,
      ...(caFile !== undefined && { caFile }),
      ...(certFile !== undefined && { certFile }),
      ...(keyFile !== undefined && { keyFile }),
      ...(sni !== undefined && { sni }),
      revisions,
    }));
  });
}

function keyOf(name: string): string {
  return serviceKey(serviceRef(name));
}

function byNameAndPort(a: GatewayService, b: GatewayService): number {
  if (a.service !== b.service) return a.service < b.service ? -1 : 1;
  return (a.port ?? 0) - (b.port ?? 0);
}
