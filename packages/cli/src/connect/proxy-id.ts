import type { AgentService, Client } from '@chancery/client';
import { attempt, fail } from '../attempt.ts';
import type { Call } from '../command.ts';

/** The sidecar of a service, by the ID of the instance that it fronts; says so and gives `undefined` when there is not exactly one. */
export async function sidecarFor(
  client: Client,
  serviceId: string,
  { io }: Call,
): Promise<string | undefined> {
  let found: readonly string[] = [];
  const code = await attempt(
    io,
    `Failed looking up sidecar proxy info for ${serviceId}`,
    async () => {
      found = sidecarsOf(serviceId, Object.values(await client.agent.services()));
      if (found.length === 1) return 0;
      if (found.length === 0) return fail(io, `No sidecar proxy registered for ${serviceId}`);
      const ids = found.join(', ');
      return fail(
        io,
        `More than one sidecar proxy registered for ${serviceId}.\n    Start proxy with -proxy-id and one of the following IDs: ${ids}`,
      );
    },
  );
  return code === 0 ? found[0] : undefined;
}

/** IDs are compared without regard to case, as Consul does. */
function sidecarsOf(serviceId: string, services: readonly AgentService[]): readonly string[] {
  return services
    .filter(({ Kind }) => Kind === 'connect-proxy')
    .filter(({ Proxy: proxy }) => fold(proxy?.DestinationServiceID) === fold(serviceId))
    .map(({ ID }) => ID)
    .sort();
}

function fold(id: string | undefined): string {
  return (id ?? '').toLowerCase();
}
