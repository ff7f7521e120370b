import type { AgentService, Client } from '@chancery/client';
import { attempt, fail } from '../attempt.ts';
import type { Call } from '../command.ts';

/** The proxy that flags or variables name; says what is wrong and gives `undefined` when there is not exactly one. */
export async function chosenProxy(client: Client, call: Call): Promise<string | undefined> {
  const { flags, io } = call;
  const proxyId = flags.text('proxy-id') || io.environment.CONNECT_PROXY_ID;
  const service = flags.text('sidecar-for') || io.environment.CONNECT_SIDECAR_FOR;
  if (flags.given('proxy-id') && flags.given('sidecar-for')) {
    fail(io, 'Only one of -proxy-id and -sidecar-for may be specified.');
    return undefined;
  }
  if (proxyId && !flags.given('sidecar-for')) return proxyId;
  if (service) return await sidecarFor(client, service, call);
  fail(io, 'No proxy ID specified. One of -proxy-id or -sidecar-for is required');
  return undefined;
}

/** A proxy as the agent knows it; says so and gives `undefined` when it is none. */
export async function registeredProxy(
  client: Client,
  proxyId: string,
  { io }: Call,
): Promise<AgentService | undefined> {
  let proxy: AgentService | undefined;
  await attempt(io, 'failed fetch proxy config from local agent', async () => {
    const { value } = await client.agent.service(proxyId);
    if (value.Kind === 'connect-proxy') proxy = value;
    else
      fail(
        io,
        `${proxyId} is a service and not a proxy: name its sidecar, or use -sidecar-for ${proxyId}`,
      );
    return 0;
  });
  return proxy;
}

/** The sidecar of a service, by the ID of the instance that it fronts; says so and gives `undefined` when there is not exactly one. */
async function sidecarFor(
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
