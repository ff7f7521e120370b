import type { ConfigEntry, ServiceIntentions } from '@chancery/model';

/** The services to which a router, splitter or resolver sends what is meant for its own. */
export function servicesSentTo(entry: ConfigEntry): readonly string[] {
  switch (entry.kind) {
    case 'service-router':
      return others(
        entry.name,
        entry.routes.map(({ destination }) => destination?.service),
      );
    case 'service-splitter':
      return others(
        entry.name,
        entry.splits.map(({ service }) => service),
      );
    case 'service-resolver':
      return others(entry.name, [
        entry.redirect?.service,
        ...Object.values(entry.failover).flatMap(({ service, targets }) => [
          service,
          ...targets.map((target) => target.service),
        ]),
      ]);
    default:
      return [];
  }
}

/** The services that a gateway serves by name. */
export function servicesServed(entry: ConfigEntry): readonly string[] {
  switch (entry.kind) {
    case 'ingress-gateway':
      return distinct(entry.listeners.flatMap(({ services }) => services.map(({ name }) => name)));
    case 'terminating-gateway':
      return distinct(entry.services.map(({ name }) => name));
    default:
      return [];
  }
}

/** The JWT providers whose tokens intentions ask for, in the order in which they do. */
export function providersOf({ jwt, sources }: ServiceIntentions): readonly string[] {
  const requirements = [
    jwt,
    ...sources.flatMap(({ permissions = [] }) => permissions.map((permission) => permission.jwt)),
  ];
  return distinct(
    requirements.flatMap((requirement) => requirement?.providers.map(({ name }) => name) ?? []),
  );
}

function others(own: string, services: readonly (string | undefined)[]): readonly string[] {
  return distinct(
    services.filter((service) => service !== undefined && service !== own) as string[],
  );
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
