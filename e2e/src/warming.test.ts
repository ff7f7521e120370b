import {
  type AgentUnderTest,
  agentUnderTest,
  type EnvoyAdmin,
  echoService,
  freePorts,
  sidecar,
  temporaryFolder,
  until,
} from '@chancery/testing';
import { expect, test } from 'vitest';
import { type AgentRelay, agentRelay } from './agent-relay.ts';
import { describeWithEnvoy } from './with-envoy.ts';

const rounds = 50;
/** From the moment that Envoy has an agent again. */
const warmWithinMs = 2000;

/** What becomes of a cluster just before the agent is killed. */
const changes = ['new, with an endpoint', 'new, without endpoints', 'changed'] as const;
type Change = (typeof changes)[number];

interface Ports {
  readonly app: number;
  readonly sidecar: number;
  readonly db: number;
  readonly extra: number;
}

/** A mesh of `web` with a real Envoy behind a relay, and of proxies that are only registered. */
interface Scene {
  readonly agent: AgentUnderTest;
  readonly relay: AgentRelay;
  readonly admin: EnvoyAdmin;
  readonly ports: Ports;
}

/** How often the cluster of `db` was changed up to a round. */
const changedUpTo = (round: number): number => Math.floor((round + 1) / changes.length);

/** With each change of its cluster a second endpoint of `db` comes, or goes. */
const endpointsAt = (round: number): number => 1 + (changedUpTo(round) % 2);

/** Registers `web` so that exactly one of its clusters is new or changed. */
async function register(
  { agent, ports }: Pick<Scene, 'agent' | 'ports'>,
  round: number,
  change: Change,
): Promise<void> {
  const upstream = (DestinationName: string, LocalBindPort: number, Config = {}) => ({
    DestinationName,
    LocalBindPort,
    Config,
  });
  const extra = {
    'new, with an endpoint': [upstream('cache', ports.extra)],
    'new, without endpoints': [upstream(`nobody-${round}`, ports.extra)],
    changed: [],
  }[change];
  const config = { connect_timeout_ms: 1000 + changedUpTo(round) };
  const Upstreams = [upstream('db', ports.db, config), ...extra];
  await agent.client.agent.register({
    Name: 'web',
    Port: ports.app,
    Connect: { SidecarService: { Port: ports.sidecar, Proxy: { Upstreams } } },
  });
}

/** A proxy without checks is an endpoint from the start. */
async function registerEndpoint({ client }: AgentUnderTest, name: string, Port = 1): Promise<void> {
  await client.agent.register({
    Kind: 'connect-proxy',
    ID: `${name}-proxy-${Port}`,
    Name: `${name}-proxy`,
    Port,
    Proxy: { DestinationServiceName: name },
  });
}

/** Nothing is under way between agent and Envoy: listeners come last, after the endpoints of their clusters, and clusters go last. */
async function settled({ admin, relay }: Scene, change: Change): Promise<void> {
  const upstreams = change === 'changed' ? 1 : 2;
  await until(
    async () =>
      relay.quietMs() > 100 &&
      (await admin.stat('control_plane.connected_state')) === 1 &&
      (await admin.stat('cluster_manager.warming_clusters')) === 0 &&
      (await admin.stat('listener_manager.total_listeners_active')) === 1 + upstreams &&
      // Beside those of its upstreams it has one of the agent and one of its app.
      (await admin.stat('cluster_manager.active_clusters')) === 2 + upstreams,
    { withinMs: 20_000, what: 'Envoy had all its clusters and listeners' },
  );
}

/**
 * Endpoints that Envoy has not acknowledged keep the agent from sending any, so that a changed cluster, whose
 * endpoints Envoy need not ask for, comes without them.
 */
async function sendEndpoints({ agent, admin }: Scene, round: number): Promise<void> {
  const count = endpointsAt(round);
  await (count === 1
    ? agent.client.agent.deregister('db-proxy-2')
    : registerEndpoint(agent, 'db', 2));
  await until(async () => (await endpointsOf(admin, 'db')) === count, {
    withinMs: 10_000,
    everyMs: 5,
    what: 'Envoy had the endpoints of db',
  });
}

/**
 * Kills the agent when a cluster came and its endpoints did not, and starts it again. Resolves with the time until
 * the cluster was warm; with nothing when the cluster did not come, because the agent waited for a word of Envoy.
 */
async function killedInBetween(
  scene: Scene,
  round: number,
  change: Change,
): Promise<number | undefined> {
  const { agent, relay, admin } = scene;
  relay.hold();
  if (change === 'changed') await sendEndpoints(scene, round);
  await register(scene, round, change);
  // The agent pushed the cluster, and will never hear that Envoy asks for its endpoints.
  const isWarming = await until(
    async () => (await admin.stat('cluster_manager.warming_clusters')) === 1,
    { withinMs: 2000, everyMs: 5, what: 'a cluster was warming' },
  ).catch(() => undefined);
  if (isWarming === undefined) {
    relay.release();
    return undefined;
  }
  await agent.kill9();
  relay.release();
  expect(await admin.stat('cluster_manager.warming_clusters')).toBe(1);
  await agent.restart();
  // Not its connection: over the same one Envoy reports its load, and each stream comes back in its own time.
  await until(async () => (await xdsStreams(agent)) > 0, {
    withinMs: 30_000,
    everyMs: 5,
    what: 'Envoy came back to the agent',
  });
  const connectedAt = performance.now();
  await until(async () => (await admin.stat('cluster_manager.warming_clusters')) === 0, {
    withinMs: 10_000,
    everyMs: 5,
    what: `the cluster that is ${change} became warm`,
  });
  return performance.now() - connectedAt;
}

async function xdsStreams({ client }: AgentUnderTest): Promise<number> {
  const { xds } = (await client.agent.self()).Stats;
  return Number(xds?.['streams']);
}

async function endpointsOf(admin: EnvoyAdmin, service: string): Promise<number> {
  const page = await admin.page(`/stats?filter=^cluster\\.${service}\\..*\\.membership_total$`);
  return Number(/: (\d+)$/m.exec(page)?.[1]);
}

/** Starts what a scene has, up to an Envoy that has one upstream with an endpoint. */
async function openScene(stack: AsyncDisposableStack): Promise<Scene> {
  const folder = stack.use(await temporaryFolder());
  const echo = stack.use(await echoService({}));
  const agent = stack.use(await agentUnderTest({ dataDir: folder.path }));
  const relay = stack.use(await agentRelay(agent.ports.grpc));
  const [sidecarPort = 0, db = 0, extra = 0] = await freePorts(3);
  const ports = { app: echo.port, sidecar: sidecarPort, db, extra };
  for (const name of ['db', 'cache']) await registerEndpoint(agent, name);
  await register({ agent, ports }, 0, 'changed');
  const { admin } = stack.use(
    await sidecar({
      agent: { ...agent, ports: { ...agent.ports, grpc: relay.port } },
      for: 'web',
    }),
  );
  return { agent, relay, admin, ports };
}

async function expectEndpoints({ admin }: Scene, round: number, change: Change): Promise<void> {
  expect(await endpointsOf(admin, 'db')).toBe(endpointsAt(round));
  if (change === 'new, with an endpoint') expect(await endpointsOf(admin, 'cache')).toBe(1);
}

describeWithEnvoy('a cluster in warming while the agent is killed and started again', () => {
  const title = `is warm within ${warmWithinMs} ms in each of ${rounds} rounds`;
  test(title, { timeout: 900_000 }, async () => {
    await using stack = new AsyncDisposableStack();
    const scene = await openScene(stack);
    const slow: string[] = [];
    let before: Change = 'changed';
    for (let [hits, attempts] = [0, 0]; hits < rounds; attempts++) {
      expect(attempts - hits).toBeLessThan(rounds / 2);
      await settled(scene, before);
      const change = changes[attempts % changes.length] ?? 'changed';
      const warmMs = await killedInBetween(scene, attempts, change);
      before = change;
      if (warmMs === undefined) continue;
      hits += 1;
      if (warmMs > warmWithinMs) slow.push(`round ${hits}, ${change}: ${Math.round(warmMs)} ms`);
      await expectEndpoints(scene, attempts, change);
    }
    expect(slow).toEqual([]);
    expect(await scene.admin.stat('cluster_manager.cds.update_rejected')).toBe(0);
  });
});
