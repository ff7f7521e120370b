import type { Client, ServiceRegistrationEntry } from '@chancery/client';
import { type Destination, destinations } from './operation.ts';

/** Where a destination is. */
export interface Place {
  readonly service: Destination;
  /** The public listener of its sidecar. */
  readonly port: number;
  readonly echoPort: number;
  /** Where the app beside `web` dials it. */
  readonly upstreamPort: number;
}

/** Registers services with the agent, and remembers which are. */
export interface Registry {
  /** Which services are registered now, `web` apart. */
  readonly registered: ReadonlySet<string>;
  /** Registers a service; each time with other metadata. */
  register(service: string): Promise<void>;
  deregister(service: string): Promise<void>;
}

/** Registers `web`, with all destinations as its upstreams, and the destinations. */
export async function openRegistry(client: Client, places: readonly Place[]): Promise<Registry> {
  const registered = new Set<string>();
  let round = 0;
  const registry: Registry = {
    registered,
    async register(service) {
      const place = places.find((each) => each.service === service);
      await client.agent.register(registration(service, place, round++));
      registered.add(service);
    },
    async deregister(service) {
      await client.agent.deregister(service);
      registered.delete(service);
    },
  };
  await client.agent.register(registrationOfWeb(places));
  for (const service of destinations) await registry.register(service);
  return registry;
}

function registration(
  service: string,
  place: Place | undefined,
  round: number,
): ServiceRegistrationEntry {
  return {
    Name: service,
    Port: place?.echoPort ?? 8080,
    Meta: { round: `${round}` },
    Connect: { SidecarService: place === undefined ? {} : { Port: place.port } },
  };
}

function registrationOfWeb(places: readonly Place[]): ServiceRegistrationEntry {
  const Upstreams = places.map(({ service, upstreamPort }) => ({
    DestinationName: service,
    LocalBindPort: upstreamPort,
  }));
  return { Name: 'web', Port: 8080, Connect: { SidecarService: { Proxy: { Upstreams } } } };
}
