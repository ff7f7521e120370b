import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@bufbuild/protobuf';
import { createRoot, issueLeaf } from '@chancery/ca';
import { envoyBinary } from '@chancery/testing';
import { expect, test } from 'vitest';
import type { Compiled } from './resource.ts';
import { intentionsFilter } from './resource-names.ts';
import { leafSecret, rootsSecret } from './secrets.ts';
import { readCase, trustDomain } from './testing/golden-case.ts';
import { readable, readableOf } from './testing/readable.ts';
import { createTranslator } from './translator.ts';

const testdata = join(import.meta.dirname, '../testdata');
const envoy = await envoyBinary();

/** Everything as it goes over the stream; only what Envoy cannot take from a file is left out. */
function asServed(compiled: Compiled): JsonObject {
  // Envoy crashes where a cluster that it needs at its start asks for secrets on the stream.
  const clusters = readableOf(compiled, 'Cluster').filter(
    (one) => one['type'] === 'EDS' || !('transport_socket' in one),
  );
  return { listeners: [...readableOf(compiled, 'Listener')], clusters };
}

/** Everything once more, with what would come over the stream put in place: so Envoy judges that, too. */
async function inPlace(compiled: Compiled): Promise<JsonObject> {
  const [intentions] = readableOf(compiled, 'TypedExtensionConfig');
  const resources = {
    listeners: [...readableOf(compiled, 'Listener')],
    clusters: [
      ...readableOf(compiled, 'Cluster'),
      ...readableOf(compiled, 'ClusterLoadAssignment').map(clusterOf),
    ],
  };
  const text = JSON.stringify(resources, (_key, value) => {
    if (value?.config_discovery && value.name === intentionsFilter) return intentions;
    return value?.sds_config ? { name: value.name } : value;
  });
  return { ...JSON.parse(text), secrets: await secrets(compiled) };
}

async function secrets({ secrets: [leafName = '', rootsName = ''] }: Compiled) {
  const now = Date.now();
  const root = await createRoot({ trustDomain, now });
  const spiffeId = `spiffe://${trustDomain}${leafName.slice('leaf'.length)}`;
  const issued = await issueLeaf(root, { spiffeId, now, ttlMs: 3_600_000, serial: 2 });
  if (!issued.ok) throw new Error(issued.refusal.message);
  const { certificatePem, privateKey } = issued.leaf;
  const leaf = leafSecret(leafName, { certificatePem, privateKeyPem: privateKey.reveal() });
  return [leaf, rootsSecret(rootsName, root.certificatePem)].map(readable);
}

function clusterOf(assignment: JsonObject): JsonObject {
  const name = `endpoints of ${assignment['cluster_name']}`;
  return cluster(name, { ...assignment, cluster_name: name });
}

function cluster(name: string, assignment: JsonObject): JsonObject {
  return { name, type: 'STATIC', connect_timeout: '1s', load_assignment: assignment };
}

function bootstrap({ clusters, ...resources }: JsonObject): JsonObject {
  const controlPlane = cluster('control_plane', { cluster_name: 'control_plane' });
  const regexSize = { 're2.max_program_size.error_level': 1_048_576 };
  return {
    node: { id: 'validate', cluster: 'validate' },
    layered_runtime: { layers: [{ name: 'static', static_layer: regexSize }] },
    dynamic_resources: {
      ads_config: {
        api_type: 'DELTA_GRPC',
        transport_api_version: 'V3',
        grpc_services: [{ envoy_grpc: { cluster_name: 'control_plane' } }],
      },
    },
    static_resources: { ...resources, clusters: [controlPlane, ...(clusters as JsonObject[])] },
  };
}

/** What Envoy has against the resources; empty when it takes them. */
function refusal(binary: string, resources: JsonObject): string {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-validate-'));
  try {
    const file = join(folder, 'bootstrap.json');
    writeFileSync(file, JSON.stringify(bootstrap(resources)));
    const args = ['--mode', 'validate', '-l', 'warning', '-c', file];
    const { status, stderr } = spawnSync(binary, args, { encoding: 'utf8' });
    return status === 0 ? '' : stderr || `ended with ${status}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const tried = test.skipIf(envoy === undefined);

tried.for(readdirSync(testdata))('a real Envoy takes the case %s', async (name) => {
  const written = readFileSync(join(testdata, name, 'snapshot.yaml'), 'utf8');
  const compiled = createTranslator().compile(readCase(written));
  expect(refusal(envoy ?? '', asServed(compiled))).toBe('');
  expect(refusal(envoy ?? '', await inPlace(compiled))).toBe('');
});

tried('a real Envoy refuses what is wrong, so that its silence means something', async () => {
  const written = readFileSync(join(testdata, 'plain', 'snapshot.yaml'), 'utf8');
  const resources = await inPlace(createTranslator().compile(readCase(written)));
  const wrong = JSON.parse(JSON.stringify(resources).replaceAll('"local_app"', '""'));
  expect(refusal(envoy ?? '', wrong)).toContain('ClusterValidationError.Name');
});
