import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  create,
  type DescMessage,
  fromBinary,
  fromJson,
  type JsonObject,
  toBinary,
  toJson,
} from '@bufbuild/protobuf';
import { pack, registry, typeUrls } from '@chancery/envoy-api';
import { TypedExtensionConfigSchema } from '@chancery/envoy-api/envoy/config/core/v3/extension';
import {
  RBAC_Action,
  RBACSchema as RulesSchema,
} from '@chancery/envoy-api/envoy/config/rbac/v3/rbac';
import { RBACSchema } from '@chancery/envoy-api/envoy/extensions/filters/network/rbac/v3/rbac';
import { createTranslator } from '@chancery/xds-translator';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { judge } from '../rules/access-rules.ts';
import { snapshotOf } from '../testing/test-mesh.ts';
import { readResource } from './read-resource.ts';

const samples: Readonly<Record<string, readonly [typeUrl: string, prefix: string]>> = {
  'public listener': [typeUrls.listener, 'public_listener'],
  'upstream listener': [typeUrls.listener, 'db:'],
  'local cluster': [typeUrls.cluster, 'local_app'],
  'upstream cluster': [typeUrls.cluster, 'db.'],
  assignment: [typeUrls.endpoints, 'db.'],
  rules: [typeUrls.extensionConfig, 'envoy.'],
};

interface Refused {
  readonly put: string;
  readonly value?: unknown;
  readonly where?: string;
  readonly says?: string;
}

const file = join(import.meta.dirname, '../../testdata/refused.yaml');
const refused = parse(readFileSync(file, 'utf8')) as Readonly<Record<string, readonly Refused[]>>;

/** A resource of the translator, as JSON in Envoy's spelling. */
function sample(name: string): JsonObject {
  const [typeUrl = '', prefix = ''] = samples[name] ?? [];
  const snapshot = snapshotOf({
    service: 'web',
    upstreams: { db: [21000] },
    config: { max_inbound_connections: 3 },
    intentions: [
      { source: '*', destination: 'web', action: 'deny' },
      { source: 'api', destination: 'web', action: 'allow' },
    ],
  });
  const resource = createTranslator()
    .compile(snapshot)
    .resources.find((each) => each.typeUrl === typeUrl && each.name.startsWith(prefix));
  if (resource === undefined) throw new Error(`there is no ${name}`);
  const schema = schemaOf(typeUrl);
  const options = { registry: registry(), useProtoFieldName: true };
  return toJson(schema, fromBinary(schema, resource.body), options) as JsonObject;
}

function schemaOf(typeUrl: string): DescMessage {
  const schema = registry().getMessage(typeUrl.slice(typeUrl.lastIndexOf('/') + 1));
  if (schema === undefined) throw new Error(`${typeUrl} is not in the registry`);
  return schema;
}

/** What is wrong with a resource. */
function problems(name: string, json: JsonObject): readonly string[] {
  const [typeUrl = ''] = samples[name] ?? [];
  const schema = schemaOf(typeUrl);
  const bytes = toBinary(schema, fromJson(schema, json, { registry: registry() }));
  return problemsOf(typeUrl, String(json['name'] ?? json['cluster_name']), bytes);
}

function problemsOf(typeUrl: string, name: string, bytes: Uint8Array): readonly string[] {
  const read = readResource(typeUrl, name, bytes);
  return read.ok ? [] : read.problems.map(({ path, message }) => `${path} ${message}`);
}

/** A copy with a value put in, or taken out where it is undefined. */
function changed(json: JsonObject, put: string, value: unknown): JsonObject {
  const copy = structuredClone(json);
  const steps = put.split(/[.[\]]+/).filter((step) => step !== '');
  const last = steps.pop() ?? '';
  let at = copy as Record<string, unknown>;
  for (const step of steps) {
    at[step] ??= {};
    at = at[step] as Record<string, unknown>;
  }
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}

test.each(Object.keys(samples))('what the translator makes is understood: %s', (name) => {
  expect(problems(name, sample(name))).toEqual([]);
});

describe.each(Object.entries(refused))('%s', (name, cases) => {
  test.each(cases)('$put: $value is refused', ({ put, value, where = put, says }) => {
    const told = problems(name, changed(sample(name), put, value));
    expect(told).toContain(`$.${where} ${says ?? 'is not supported by the built-in proxy'}`);
  });
});

test('what counts only for statistics and logs, or is safe to leave out, is taken', () => {
  const tcpProxy = 'filter_chains[0].filters[2].typed_config.access_log';
  for (const [path, value] of [
    ['stat_prefix', 'x'],
    ['access_log', [{ name: 'x' }]],
    [tcpProxy, [{ name: 'x' }]],
  ] as const) {
    const listener = changed(sample('public listener'), path, value);
    expect(problems('public listener', listener)).toEqual([]);
  }
  const rules = changed(sample('rules'), 'typed_config.shadow_rules', {});
  expect(problems('rules', rules)).toEqual([]);
  const cluster = changed(sample('upstream cluster'), 'outlier_detection.interval', '5s');
  expect(problems('upstream cluster', cluster)).toEqual([]);
});

test('endpoints that are not healthy are left out', () => {
  const json = sample('assignment');
  const [typeUrl = ''] = samples['assignment'] ?? [];
  const count = (health: string): number => {
    const path = 'endpoints[0].lb_endpoints[0].health_status';
    const schema = schemaOf(typeUrl);
    const message = fromJson(schema, changed(json, path, health), { registry: registry() });
    const read = readResource(typeUrl, String(json['cluster_name']), toBinary(schema, message));
    if (!read.ok || read.resource.kind !== 'assignment') throw new Error('it is not read');
    return read.resource.endpoints.length;
  };
  const statuses = ['UNKNOWN', 'HEALTHY', 'UNHEALTHY', 'DRAINING', 'TIMEOUT', 'DEGRADED'];
  expect(statuses.map(count)).toEqual([1, 1, 0, 0, 0, 0]);
});

describe('bytes that are not what they claim to be', () => {
  const broken = new Uint8Array([0xff]);

  test('are refused', () => {
    expect(problemsOf(typeUrls.listener, 'x', broken)).toEqual([
      '$ is no envoy.config.listener.v3.Listener',
    ]);
    expect(problemsOf('type.googleapis.com/other', 'x', broken)).toEqual([
      '$ resources of type type.googleapis.com/other are not supported',
    ]);
  });

  test('a field that a newer server knows is refused', () => {
    const listener = fromJson(schemaOf(typeUrls.listener), sample('upstream listener'), {
      registry: registry(),
    });
    const bytes = toBinary(schemaOf(typeUrls.listener), listener);
    const newer = Buffer.concat([bytes, Buffer.from([0x98, 0xea, 0x30, 0x01])]);
    expect(problemsOf(typeUrls.listener, 'db:127.0.0.1:0', newer)).toEqual([
      '$ has a field 100003 that is not known',
    ]);
  });

  test('another name inside is refused', () => {
    const bytes = toBinary(
      schemaOf(typeUrls.endpoints),
      fromJson(schemaOf(typeUrls.endpoints), { cluster_name: 'a' }),
    );
    expect(problemsOf(typeUrls.endpoints, 'b', bytes)).toEqual(['$ is named "a" inside']);
  });
});

test('a policy of the one name that objects swallow is read like any other', () => {
  // RBAC { rules { action: DENY, policies { "__proto__": { any, any } } } }, written by hand.
  const any = [0x18, 0x01];
  const policy = [0x0a, any.length, ...any, 0x12, any.length, ...any];
  const key = [...Buffer.from('__proto__')];
  const entry = [0x0a, key.length, ...key, 0x12, policy.length, ...policy];
  const rules = [0x08, RBAC_Action.DENY, 0x12, entry.length, ...entry];
  const typedConfig = {
    ...pack(RBACSchema, create(RBACSchema, { rules: create(RulesSchema) })),
    value: new Uint8Array([0x0a, rules.length, ...rules]),
  };
  const message = create(TypedExtensionConfigSchema, { name: 'x', typedConfig });
  const bytes = toBinary(TypedExtensionConfigSchema, message);
  const read = readResource(typeUrls.extensionConfig, 'x', bytes);
  if (!read.ok || read.resource.kind !== 'rules') throw new Error(JSON.stringify(read));
  expect(judge(read.resource.rules, [])).toEqual({ allowed: false, policy: '__proto__' });
});
