import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type DemoMesh,
  demoMesh,
  freePorts,
  type Instance,
  isFree,
  talk,
  temporaryFolder,
  until,
} from '@chancery/testing';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { type EnvoyUpdates, envoyUpdates } from './envoy-updates.ts';
import { withinMs } from './story.ts';
import { describeWithEnvoy } from './with-envoy.ts';

const types = 'type.googleapis.com/envoy';

/** A listener with a field that does not exist. */
const badListener = JSON.stringify({
  '@type': `${types}.config.listener.v3.Listener`,
  filter_chainz: [],
});
const badCluster = JSON.stringify({
  '@type': `${types}.config.cluster.v3.Cluster`,
  connect_timeout: 'soon',
});
const listenerMistake =
  'connect.sidecar_service.proxy.config.envoy_public_listener_json: $.filter_chainz: envoy.config.listener.v3.Listener has no such field; did you mean "filter_chains"?';
const clusterMistake =
  'connect.sidecar_service.proxy.upstreams[0].config.envoy_cluster_json: $.connect_timeout: expected Duration, found "soon"';

/** The same mistake in a file, where it stands in line 8. */
const badFile = `service {
  name = "db"
  port = 7070
  connect {
    sidecar_service {
      proxy {
        config {
          envoy_public_listener_json = ${JSON.stringify(badListener)}
        }
      }
    }
  }
}
`;

function dbOf({ instances }: DemoMesh): Instance {
  const [db] = instances;
  if (db === undefined) throw new Error('no db');
  return db;
}

function updates(mesh: DemoMesh): Promise<readonly EnvoyUpdates[]> {
  return Promise.all([mesh.web, dbOf(mesh)].map(({ sidecar }) => envoyUpdates(sidecar.admin)));
}

async function fileWith(text: string): Promise<string> {
  const folder = await temporaryFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const path = join(folder.path, 'db.hcl');
  await writeFile(path, text);
  return path;
}

describeWithEnvoy('custom Envoy configuration with a mistake', () => {
  let mesh: DemoMesh;
  beforeAll(async () => {
    mesh = await demoMesh();
    await mesh.connected();
    return () => mesh[Symbol.asyncDispose]();
  });

  /** Whatever is refused leaves the mesh as it was: services, what the Envoys hold, and traffic. */
  async function expectUntouched(attempt: () => Promise<void>): Promise<void> {
    const services = await mesh.agent.client.agent.services();
    const before = await updates(mesh);
    await attempt();
    expect(await mesh.agent.client.agent.services()).toEqual(services);
    expect(await mesh.web.talk('Hello?')).toMatchObject({ verdict: 'echo' });
    expect(await updates(mesh)).toEqual(before);
  }

  test('is refused by the API with its place in the JSON', async () => {
    const { agent } = mesh.agent.client;
    await expectUntouched(async () => {
      const Config = { envoy_public_listener_json: badListener };
      await expect(
        agent.register({
          Name: 'db',
          Port: 7070,
          Connect: { SidecarService: { Proxy: { Config } } },
        }),
      ).rejects.toThrow(listenerMistake);
      const upstream = { DestinationName: 'db', LocalBindPort: mesh.web.port };
      const Upstreams = [{ ...upstream, Config: { envoy_cluster_json: badCluster } }];
      await expect(
        agent.register({
          Name: 'web',
          Port: 8080,
          Connect: { SidecarService: { Proxy: { Upstreams } } },
        }),
      ).rejects.toThrow(clusterMistake);
    });
  });

  test('is refused by services register', async () => {
    await expectUntouched(async () => {
      const { code, output } = await mesh.agent.cli(
        'services',
        'register',
        await fileWith(badFile),
      );
      expect(code).toBe(1);
      expect(output).toContain('Error registering service "db": ');
      expect(output).toContain(listenerMistake);
    });
  });

  test.for([
    { command: 'agent', text: badFile, says: '' },
    { command: 'validate', text: badFile, says: 'Config validation failed: ' },
  ])(
    'is refused by $command where it stands in the file, and nothing is started',
    async ({ command, text, says }) => {
      const file = await fileWith(text);
      const [http = 0, grpc = 0] = await freePorts(2);
      const ports = ['-http-port', `${http}`, '-grpc-port', `${grpc}`];
      const args = command === 'agent' ? ['-dev', '-config-file', file, ...ports] : [file];
      await expectUntouched(async () => {
        const { code, output } = await mesh.agent.cli(command, ...args);
        expect(code).toBe(1);
        expect(output).toBe(`${says}${file}:8:40: service[0].${listenerMistake}\n`);
      });
      expect(await Promise.all([http, grpc].map(isFree))).toEqual([true, true]);
    },
  );
});

describeWithEnvoy('custom Envoy configuration without a mistake', () => {
  /** A public listener of the user's own: plain TCP, as if there were no mesh. */
  const listener = (port: number): string =>
    JSON.stringify({
      '@type': `${types}.config.listener.v3.Listener`,
      name: 'own_listener',
      address: { socket_address: { address: '127.0.0.1', port_value: port } },
      filter_chains: [
        {
          filters: [
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
  /** A cluster of the user's own, without TLS. */
  const cluster = JSON.stringify({
    '@type': `${types}.config.cluster.v3.Cluster`,
    name: 'own_cluster',
    type: 'EDS',
    eds_cluster_config: { eds_config: { ads: {}, resource_api_version: 'V3' } },
    connect_timeout: '3.500s',
  });

  async function customise(mesh: DemoMesh): Promise<void> {
    const { agent } = mesh.agent.client;
    const db = dbOf(mesh);
    const Config = { envoy_public_listener_json: listener(db.sidecarPort) };
    await agent.register({
      Name: 'db',
      Port: db.echo.port,
      Connect: { SidecarService: { Port: db.sidecarPort, Proxy: { Config } } },
    });
    const [Port = 0] = await freePorts(1);
    const upstream = { DestinationName: 'db', LocalBindPort: mesh.web.port };
    const Upstreams = [{ ...upstream, Config: { envoy_cluster_json: cluster } }];
    await agent.register({
      Name: 'web',
      Port: 8080,
      Connect: { SidecarService: { Port, Proxy: { Upstreams } } },
    });
  }

  test('is served, with mutual TLS and the intentions put into it', async () => {
    await using mesh = await demoMesh();
    await mesh.connected();
    const { sidecar, sidecarPort } = dbOf(mesh);
    await customise(mesh);
    const { admin: near } = mesh.web.sidecar;
    await until(
      async () => {
        const { verdict } = await mesh.web.talk('Hello?', 500);
        const [dialled, taken] = await Promise.all([
          near.stat('cluster.own_cluster.ssl.handshake'),
          sidecar.admin.stat('tcp.own_proxy.downstream_cx_total'),
        ]);
        return verdict === 'echo' && dialled > 0 && taken > 0;
      },
      { withinMs: 10_000, what: 'traffic went through the custom cluster and listener' },
    );
    const listeners = await sidecar.admin.page('/listeners');
    expect(listeners.match(/^own_listener::/m)).not.toBeNull();
    const clusters = await near.page('/config_dump?resource=dynamic_active_clusters');
    expect(clusters.match(/"connect_timeout": "(.*)"/g)).toContain('"connect_timeout": "3.500s"');

    // What comes back, if anything, is an alert of TLS.
    expect((await talk(sidecarPort, 'in plain text')).verdict).toBe('closed');

    await mesh.agent.cli('intention', 'create', '-deny', 'web', 'db');
    await until(async () => (await mesh.web.talk('Hello?', 300)).verdict !== 'echo', {
      withinMs,
      what: 'a new connection was denied',
    });
    await mesh.agent.cli('intention', 'delete', 'web', 'db');
    await until(async () => (await mesh.web.talk('Hello?', 300)).verdict === 'echo', {
      withinMs,
      what: 'connectivity was restored',
    });
    for (const admin of [sidecar.admin, near]) {
      expect(await admin.stat('listener_manager.lds.update_rejected')).toBe(0);
      expect(await admin.stat('cluster_manager.cds.update_rejected')).toBe(0);
    }
  });
});
