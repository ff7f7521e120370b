import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { typeUrls } from '@chancery/envoy-api';
import { expect, test } from 'vitest';
import { resourceOrigin } from './resource-origin.ts';
import { readCase } from './testing/golden-case.ts';
import { createTranslator } from './translator.ts';

const testdata = join(import.meta.dirname, '../testdata');

function golden(name: string) {
  return readCase(readFileSync(join(testdata, name, 'snapshot.yaml'), 'utf8'));
}

/** Every resource of a case and where it comes from: `Cluster own_db: service/web-sidecar-proxy Proxy.Upstreams[0]`. */
function origins(name: string): readonly string[] {
  const snapshot = golden(name);
  return createTranslator()
    .compile(snapshot)
    .resources.map((resource) => {
      const origin = resourceOrigin(snapshot, resource);
      const type = resource.typeUrl.slice(resource.typeUrl.lastIndexOf('.') + 1);
      const told = origin && `${origin.kind}/${origin.name} ${origin.path}`.trimEnd();
      return `${type} ${resource.name}: ${told ?? 'nobody'}`;
    });
}

test.for(readdirSync(testdata))('in the case %s all resources come from somewhere', (name) => {
  const { rules } = golden(name);
  const fromNowhere = origins(name).filter((told) => told.endsWith(': nobody'));
  expect(fromNowhere).toEqual(
    rules.rules.length === 0 ? ['TypedExtensionConfig envoy.filters.network.rbac: nobody'] : [],
  );
});

test('an upstream is told by its place in the registration', () => {
  expect(origins('two-upstreams')).toEqual([
    'Cluster local_app: service/web-sidecar-proxy Proxy',
    'Listener public_listener:0.0.0.0:21000: service/web-sidecar-proxy',
    'TypedExtensionConfig envoy.filters.network.rbac: nobody',
    expect.stringMatching(/^Cluster db\..*: service\/web-sidecar-proxy Proxy\.Upstreams\[0\]$/),
    'Listener db:127.0.0.1:9191: service/web-sidecar-proxy Proxy.Upstreams[0]',
    expect.stringMatching(/^ClusterLoadAssignment db\..*: .* Proxy\.Upstreams\[0\]$/),
    expect.stringMatching(/^Cluster cache\..*: service\/web-sidecar-proxy Proxy\.Upstreams\[1\]$/),
    'Listener cache:127.0.0.1:9192: service/web-sidecar-proxy Proxy.Upstreams[1]',
    expect.stringMatching(/^ClusterLoadAssignment cache\..*: .* Proxy\.Upstreams\[1\]$/),
  ]);
});

test.each([
  ['custom-local-cluster', 'Cluster', 'Proxy.Config.envoy_local_cluster_json'],
  ['custom-public-listener', 'Listener', 'Proxy.Config.envoy_public_listener_json'],
  ['custom-upstream-cluster', 'Cluster', 'Proxy.Upstreams[0].Config.envoy_cluster_json'],
  ['custom-upstream-listener', 'Listener', 'Proxy.Upstreams[0].Config.envoy_listener_json'],
])('in the case %s a %s comes from the JSON of its author', (name, type, path) => {
  const told = origins(name).filter((each) => each.endsWith(` ${path}`));
  expect(told).toEqual([expect.stringMatching(new RegExp(`^${type} .*: service/`))]);
});

test('intentions come from the entry of the service, or of all services', () => {
  const rbac = { typeUrl: typeUrls.extensionConfig, name: 'envoy.filters.network.rbac' };
  expect(resourceOrigin(golden('deny-one-source'), rbac)).toEqual({
    kind: 'service-intentions',
    name: golden('deny-one-source').service.name,
    path: '',
  });
  const snapshot = golden('plain');
  const [intention] = [{ source: 'api', destination: '*', action: 'deny' } as const];
  const rules = { ...snapshot.rules, rules: [{ intention, precedence: 6 }] };
  expect(resourceOrigin({ ...snapshot, rules }, rbac)?.name).toBe('*');
});

test('secrets and strangers come from nobody', () => {
  const snapshot = golden('plain');
  for (const name of ['leaf/ns/default/dc/dc1/svc/web', 'db']) {
    expect(resourceOrigin(snapshot, { typeUrl: typeUrls.secret, name })).toBeUndefined();
  }
  expect(resourceOrigin(snapshot, { typeUrl: typeUrls.cluster, name: 'nobody' })).toBeUndefined();
});
