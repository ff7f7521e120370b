import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type DemoMesh,
  demoMesh,
  type TemporaryFolder,
  temporaryFolder,
  until,
} from '@chancery/testing';
import { openTerminal, type Terminal } from '@chancery/testing/terminal';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusedCluster } from './refused-cluster.ts';
import { withinMs } from './story.ts';
import { describeWithEnvoy } from './with-envoy.ts';

const launcher = fileURLToPath(new URL('../../bin/chancery', import.meta.url));
const token = 'canary-0c9d2ff6';
const plantedKey = 'MC4CAQAwBQYDK2VwBCIEIcanary5b1f77d0';
const privateKey = `-----BEGIN PRIVATE KEY-----\n${plantedKey}\n-----END PRIVATE KEY-----\n`;

/** The same with a private key that somebody put into it. */
const refusedWithKey = JSON.stringify({
  ...JSON.parse(refusedCluster),
  transport_socket: {
    name: 'tls',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext',
      common_tls_context: {
        tls_certificates: [
          {
            certificate_chain: { inline_string: 'no certificate' },
            private_key: { inline_string: privateKey },
          },
        ],
      },
    },
  },
});

describeWithEnvoy(
  'the status screen of a mesh of real Envoys',
  () => {
    let folder: TemporaryFolder;
    let mesh: DemoMesh;
    let terminal: Terminal;
    beforeAll(async () => {
      folder = await temporaryFolder();
      mesh = await demoMesh({ agent: { dataDir: folder.path } });
      await mesh.connected(10_000);
      const flags = ['status', '-write', `-http-addr=127.0.0.1:${mesh.agent.ports.http}`];
      terminal = openTerminal(launcher, flags, {
        columns: 120,
        rows: 40,
        environment: { CONSUL_HTTP_TOKEN: token },
      });
      await terminal.until(/● live/);
    });
    afterAll(async () => {
      terminal[Symbol.dispose]();
      await mesh[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    });

    test('shows what the proxies have, and why a pair is allowed', async () => {
      terminal.type('2');
      await terminal.until(/db-sidecar-proxy +✓ synced[\s\S]*web-sidecar-proxy +✓ synced/);
      terminal.type('4G');
      await terminal.until(/▸ web +\[✓→/);
      terminal.type('\r');
      await terminal.until(/Explain web → db[\s\S]*✓ ALLOWED/);
      await terminal.until(/web-sidecar-proxy listens on 127\.0\.0\.1/);
      terminal.type('q');
    });

    test('a deny is planned, made and enforced from the matrix', async () => {
      terminal.type('4Gd');
      await terminal.until(
        /chancery intention create -deny -replace web db[\s\S]*✗ denied {2}web → db/,
      );
      expect((await mesh.web.talk('Hello?')).verdict).toBe('echo');
      terminal.type('edrill\rY');
      await terminal.until(/✓ Made at r\d+, on 1\/1 proxies in \d+ ms/);
      await until(async () => (await mesh.web.talk('Hello?', 300)).verdict !== 'echo', {
        withinMs,
        what: 'a new connection was denied',
      });
      terminal.type('q6');
      await terminal.until(/\+ service-intentions\/db +"drill"/);
    });

    test('an agent that is killed leaves its last data in sight; once it is back the screen is live', async () => {
      terminal.type('2');
      await terminal.until(/db-sidecar-proxy +✓ synced/);
      await mesh.agent.kill9();
      await terminal.until(/✗ lost .*(retry|trying)/);
      expect(terminal.screen().join('\n')).toMatch(/db-sidecar-proxy +✓ synced/);
      await mesh.agent.restart();
      await terminal.until(/● live/);
      await terminal.until(/db-sidecar-proxy +✓ synced[\s\S]*web-sidecar-proxy +✓ synced/);
    });

    test('what an Envoy refuses is shown with its path and where it comes from; the rest stays synced', async () => {
      const [db] = mesh.instances;
      await mesh.agent.client.agent.register({
        Name: 'db',
        Port: db?.echo.port ?? 0,
        Meta: { note: privateKey },
        Connect: {
          SidecarService: {
            Port: db?.sidecarPort ?? 0,
            Proxy: { Config: { envoy_local_cluster_json: refusedWithKey } },
          },
        },
      });
      await terminal.until(/db-sidecar-proxy +✗ REJECTED[\s\S]*web-sidecar-proxy +✓ synced/);
      terminal.type('g\r');
      await terminal.until(/Proxy db-sidecar-proxy[\s\S]*✗ CDS local_app/);
      await terminal.until(/from service\/.*Proxy\.Config\.envoy_local_cluster_json/);
      terminal.type('c');
      await terminal.until(/Configuration of db-sidecar-proxy[\s\S]*CDS local_app/);
      terminal.type('GGqq1');
      await terminal.until(/✗ 1 problem/);
      terminal.type('6g\r');
      await terminal.until(/Change r\d+[\s\S]*\[private key\]/);
      terminal.type('Gq');
      await terminal.until(/History \d+ ─/);
    });

    test('no frame held a token or a private key', () => {
      const written = terminal.written();
      expect(written).not.toContain(token);
      expect(written).not.toContain(plantedKey);
      const secrets = privateKeyLines(folder.path);
      expect(secrets.length).toBeGreaterThan(0);
      for (const secret of secrets) expect(written).not.toContain(secret);
      expect(written).not.toContain('PRIVATE KEY');
    });
  },
  60_000,
);

/** The bodies of the private keys below a folder, a line each. */
function privateKeyLines(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .flatMap((text) => [...text.matchAll(/PRIVATE KEY-----(?:\\n|\s)([\s\S]*?)-----END/g)])
    .flatMap(([, body = '']) => body.split(/\\n|\s/).filter((line) => line.length >= 40));
}
