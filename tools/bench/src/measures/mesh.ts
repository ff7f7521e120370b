import type { ServiceRegistrationEntry } from '@chancery/client';
import { atOnce } from '../at-once.ts';
import { type Fleet, openFleet } from '../client/fleet.ts';
import type { Options } from '../options.ts';
import { connections, type LaunchedAgent, launchAgent } from '../subjects/launch-agent.ts';
import type { Subject } from '../subjects/subject.ts';

/**
 * A mesh of many sidecars of one service, `db`, each with five upstreams, all connected and fully
 * configured. An upstream has two instances, on a node of their own.
 */
export interface Mesh extends AsyncDisposable {
  readonly agent: LaunchedAgent;
  readonly fleet: Fleet;
}

/** The service whose sidecars are connected. */
export const service = 'db';

/** The services that they dial. */
export const upstreams: readonly string[] = ['auth', 'cache', 'mail', 'queue', 'search'];

/** One of two instances of an upstream. */
export type Half = 1 | 2;

/** Two processes read what the agent writes, so that reading takes both of two processors when it must. */
const workers = 2;

/** Starts an agent, registers the mesh and connects every sidecar. */
export async function openMesh(subject: Subject, { streams }: Options): Promise<Mesh> {
  await using stack = new AsyncDisposableStack();
  const agent = stack.use(await launchAgent(subject));
  await agent.ready();
  for (const upstream of upstreams) {
    await addInstance(agent, upstream, 1);
    await addInstance(agent, upstream, 2);
  }
  const sidecars = Array.from({ length: streams }, (_, at) => sidecarEntry(at));
  await atOnce(sidecars, connections, {}, (entry) => agent.client.agent.register(entry));
  const ids = sidecars.map(({ ID = '' }) => ID);
  const fleet = stack.use(await openFleet(agent.ports.grpc, ids, workers));
  const owned = stack.move();
  return { agent, fleet, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** Registered as a proxy of its own, so that no check decides about it. */
function sidecarEntry(at: number): ServiceRegistrationEntry {
  return {
    Kind: 'connect-proxy',
    ID: `${service}-${at}-sidecar-proxy`,
    Name: `${service}-sidecar-proxy`,
    Port: 10_001 + at,
    Proxy: {
      DestinationServiceName: service,
      LocalServiceAddress: '127.0.0.1',
      LocalServicePort: 9090,
      Upstreams: upstreams.map((name, place) => ({
        DestinationName: name,
        LocalBindPort: 9101 + place,
      })),
    },
  };
}

/** Where traffic for an instance of an upstream goes. */
export function addressOf(upstream: string, half: Half): string {
  return `${ipOf(half)}:${portOf(upstream)}`;
}

/** Makes an instance known to the catalog, as a sidecar that takes connections. */
export async function addInstance(
  { client }: LaunchedAgent,
  upstream: string,
  half: Half,
): Promise<void> {
  const proxy = {
    Kind: 'connect-proxy',
    ID: `${upstream}-${half}`,
    Service: `${upstream}-sidecar-proxy`,
    Port: portOf(upstream),
    Proxy: { DestinationServiceName: upstream },
  };
  const body = { Node: `backend-${half}`, Address: ipOf(half), Service: proxy };
  await client.connection.send({ method: 'PUT', path: '/v1/catalog/register', body });
}

/** Takes an instance out of the catalog. */
export async function removeInstance(
  { client }: LaunchedAgent,
  upstream: string,
  half: Half,
): Promise<void> {
  const body = { Node: `backend-${half}`, ServiceID: `${upstream}-${half}` };
  await client.connection.send({ method: 'PUT', path: '/v1/catalog/deregister', body });
}

/** Lets a service connect to the mesh, by taking the intention back, or denies it. */
export async function setDenied(
  { client }: LaunchedAgent,
  source: string,
  denied: boolean,
): Promise<void> {
  await client.connection.send({
    method: denied ? 'PUT' : 'DELETE',
    path: '/v1/connect/intentions/exact',
    query: { source, destination: service },
    ...(denied && { body: { Action: 'deny' } }),
  });
}

function ipOf(half: Half): string {
  return `10.0.0.${half}`;
}

function portOf(upstream: string): number {
  return 20_000 + upstreams.indexOf(upstream);
}
