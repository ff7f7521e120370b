import { type DemoMesh, demoMesh, type Instance, until } from '@chancery/testing';
import { expect, test } from 'vitest';
import { meshCall, statesOf, type ToldProxy, type ToldType } from './mesh-call.ts';
import { refusedCluster, refusedClusterPath } from './refused-cluster.ts';
import { describeWithEnvoy } from './with-envoy.ts';

const types = 'type.googleapis.com/envoy';
const poisonedId = 'db-sidecar-proxy';
const patienceMs = 10_000;

/** A listener with a filter that Envoy does not have. */
const poisonedListener = (port: number): string =>
  JSON.stringify({
    '@type': `${types}.config.listener.v3.Listener`,
    name: 'own_listener',
    address: { socket_address: { address: '127.0.0.1', port_value: port } },
    filter_chains: [
      {
        filters: [
          { name: 'no.such.filter' },
          {
            name: 'own_proxy',
            typed_config: {
              '@type': `${types}.extensions.filters.network.tcp_proxy.v3.TcpProxy`,
              stat_prefix: 'own_proxy',
              cluster: 'local_app',
            },
          },
        ],
      },
    ],
  });

function dbOf({ instances: [db] }: DemoMesh): Instance {
  if (db === undefined) throw new Error('no db');
  return db;
}

async function register(mesh: DemoMesh, Config: Readonly<Record<string, string>>): Promise<void> {
  const { echo, sidecarPort } = dbOf(mesh);
  await mesh.agent.client.agent.register({
    Name: 'db',
    Port: echo.port,
    Connect: { SidecarService: { Port: sidecarPort, Proxy: { Config } } },
  });
}

async function told({ agent }: DemoMesh): Promise<ReadonlyMap<string, ToldProxy>> {
  const { proxies } = await meshCall<{ proxies: ToldProxy[] }>(agent, 'ProxyService/ListProxies');
  return new Map(proxies.map((proxy) => [proxy.id, proxy]));
}

async function toldOf(mesh: DemoMesh, type: string): Promise<ToldType> {
  const found = (await told(mesh)).get(poisonedId)?.types.find((it) => it.type === type);
  if (found === undefined) throw new Error(`${poisonedId} has no ${type}`);
  return found;
}

async function inState(mesh: DemoMesh, type: string, state: string): Promise<void> {
  await until(async () => (await toldOf(mesh, type)).state === `SYNC_STATE_${state}`, {
    withinMs: patienceMs,
    what: `${type} of ${poisonedId} was ${state}`,
  });
}

async function metricsText({ agent }: DemoMesh): Promise<string> {
  const url = `http://127.0.0.1:${agent.ports.http}/v1/agent/metrics?format=prometheus`;
  return await (await fetch(url)).text();
}

/** How many types at proxies are rejected, as the metrics have it. */
async function rejectedInMetrics(mesh: DemoMesh, type: string): Promise<number> {
  const text = await metricsText(mesh);
  const line = text
    .split('\n')
    .find(
      (it) =>
        it.startsWith('chancery_xds_types{') &&
        it.includes('"rejected"') &&
        it.includes(`"${type}"`),
    );
  return Number(line?.split(' ').at(-1));
}

/** The first rows of proxies that a watcher is told. */
async function watchedRow({ agent }: DemoMesh): Promise<ToldProxy> {
  const url = `http://127.0.0.1:${agent.ports.http}/chancery.mesh.v1.StatusService/Watch`;
  const question = Buffer.from(JSON.stringify({ sections: ['SECTION_PROXIES'] }));
  const head = Buffer.alloc(5);
  head.writeUInt32BE(question.length, 1);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/connect+json' },
    body: Buffer.concat([head, question]),
  });
  let bytes = Buffer.alloc(0);
  for await (const chunk of response.body ?? []) {
    bytes = Buffer.concat([bytes, chunk]);
    while (bytes.length >= 5 && bytes.length >= 5 + bytes.readUInt32BE(1)) {
      const end = 5 + bytes.readUInt32BE(1);
      const { proxies } = JSON.parse(bytes.subarray(5, end).toString());
      bytes = bytes.subarray(end);
      const row = proxies?.changed.find(({ id }: ToldProxy) => id === poisonedId);
      // Who returns leaves the stream.
      if (row !== undefined) return row;
    }
  }
  throw new Error('the watch ended');
}

describeWithEnvoy('configuration that reads well and that Envoy refuses', () => {
  test('shows where it is, where it comes from and who wrote it, and harms nothing else', async () => {
    const began = Date.now();
    await using mesh = await demoMesh();
    await mesh.connected();
    await inState(mesh, 'lds', 'SYNCED');
    await register(mesh, { envoy_local_cluster_json: refusedCluster });
    await inState(mesh, 'cds', 'REJECTED');

    const proxies = await told(mesh);
    const poisoned = proxies.get(poisonedId);
    const healthy = proxies.get('web-sidecar-proxy');
    if (poisoned === undefined || healthy === undefined) throw new Error('a proxy is missing');
    expect(statesOf(poisoned)).toEqual({
      cds: 'REJECTED',
      eds: 'NOT_SUBSCRIBED',
      lds: 'SYNCED',
      rds: 'NOT_SUBSCRIBED',
      sds: 'SYNCED',
      ecds: 'SYNCED',
    });
    expect(Object.values(statesOf(healthy))).not.toContain('REJECTED');
    expect(Object.values(statesOf(healthy))).not.toContain('PENDING');
    expect(poisoned).toMatchObject({ streams: 1, userAgent: expect.stringMatching(/^envoy 1\./) });
    expect(Date.parse(poisoned.streamSince ?? '')).toBeGreaterThanOrEqual(began);
    expect(Date.parse(poisoned.streamSince ?? '')).toBeLessThanOrEqual(Date.now());
    expect(Date.parse(poisoned.certificateExpiresAt ?? '')).toBeGreaterThan(Date.now());
    const [clusters, , listeners] = poisoned.types;
    expect(clusters?.versionSent).not.toBe(clusters?.versionAcknowledged);
    expect(listeners?.versionSent).toMatch(/./);
    expect(listeners?.versionSent).toBe(listeners?.versionAcknowledged);
    // What it had before is what it has acknowledged.
    expect(Number(poisoned.acknowledgedRevision)).toBeGreaterThan(0);
    expect(Number(poisoned.acknowledgedRevision)).toBeLessThan(Number(poisoned.builtRevision));
    expect(healthy.acknowledgedRevision).toBe(healthy.builtRevision);
    const rejection = {
      reason: expect.stringContaining('malformed IP address: some.host'),
      resource: 'local_app',
      path: refusedClusterPath,
      origin: {
        kind: 'service',
        name: poisonedId,
        path: 'Proxy.Config.envoy_local_cluster_json',
        author: expect.stringMatching(/./),
      },
    };
    expect(poisoned.types[0]?.rejections).toMatchObject([rejection]);

    const { code, output } = await mesh.agent.cli('proxies');
    expect(code).toBe(2);
    expect(output).toMatch(/^db-sidecar-proxy +REJECTED +- +SYNCED +- +SYNCED +SYNCED$/m);
    expect(output).toMatch(/^web-sidecar-proxy +SYNCED +SYNCED +SYNCED +- +SYNCED +SYNCED$/m);
    expect(output).toContain(refusedClusterPath);
    expect(output).toContain('service db-sidecar-proxy, Proxy.Config.envoy_local_cluster_json');

    expect(await rejectedInMetrics(mesh, 'cds')).toBe(1);
    expect(await metricsText(mesh)).toContain(
      `chancery_xds_refused{proxy="${poisonedId}",type="cds",resource="local_app",path="${refusedClusterPath}",origin="service ${poisonedId}",origin_path="Proxy.Config.envoy_local_cluster_json"} 1\n`,
    );
    expect(await rejectedInMetrics(mesh, 'lds')).toBe(0);
    expect((await watchedRow(mesh)).types[0]?.rejections).toMatchObject([rejection]);

    // Envoy goes on with the cluster it had, and the difference is shown.
    expect(await mesh.web.talk('Hello?')).toMatchObject({ verdict: 'echo' });
    const config = await mesh.agent.cli('proxies', '-config', '-type', 'cds', poisonedId);
    expect(config.output).toMatch(
      /\S*socket_address\.address:\s+- "127\.0\.0\.1"\s+\+ "some\.host"/,
    );

    const whole = await mesh.agent.cli('proxies', '-config', '-format', 'json', poisonedId);
    expect(whole.output).toContain('"private_key": "[secret]"');
    expect(whole.output).not.toContain('PRIVATE KEY');

    await register(mesh, {});
    await inState(mesh, 'cds', 'SYNCED');
    expect(await rejectedInMetrics(mesh, 'cds')).toBe(0);
    expect(await metricsText(mesh)).not.toContain('chancery_xds_refused{');
    expect((await mesh.agent.cli('proxies')).code).toBe(0);

    // Envoy is not sent the same again: that it does not have it is known all the same.
    await register(mesh, { envoy_local_cluster_json: refusedCluster });
    await inState(mesh, 'cds', 'REJECTED');
    expect((await toldOf(mesh, 'cds')).rejections).toMatchObject([rejection]);
    expect(await rejectedInMetrics(mesh, 'cds')).toBe(1);
    expect((await mesh.agent.cli('proxies')).code).toBe(2);

    await register(mesh, { envoy_public_listener_json: poisonedListener(dbOf(mesh).sidecarPort) });
    await inState(mesh, 'lds', 'REJECTED');
    expect(await toldOf(mesh, 'lds')).toMatchObject({
      rejections: [
        {
          resource: 'own_listener',
          path: 'filter_chains[0].filters[1].name',
          origin: { path: 'Proxy.Config.envoy_public_listener_json' },
        },
      ],
    });
    expect((await toldOf(mesh, 'cds')).state).toBe('SYNC_STATE_SYNCED');
  });
});
