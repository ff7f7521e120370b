import { expect, test } from 'vitest';
import { statsConfig } from './stats-tags.ts';
import { webSidecar, webSidecarWith } from './testing/web-sidecar.ts';

interface Tag {
  readonly tag_name: string;
  readonly regex?: string;
  readonly fixed_value?: string;
}

function declaredTags(options = webSidecar()): readonly Tag[] {
  return (statsConfig(options) as unknown as { stats_tags: readonly Tag[] }).stats_tags;
}

/** The tags of a statistic as Envoy finds them: the second group is the value. */
function extracted(statistic: string, prefix: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { tag_name, regex } of declaredTags()) {
    if (regex === undefined || !tag_name.startsWith(prefix)) continue;
    const value = new RegExp(regex).exec(statistic)?.[2];
    if (value !== undefined) found[tag_name.slice(prefix.length)] = value;
  }
  return found;
}

const td = '4cb8ca96-2edb-cfa2-ed15-be3ee6c4f6f0';

test.for([
  [
    `cluster.db.default.dc1.internal.${td}.consul.upstream_cx_total`,
    { service: 'db', target: 'db.default.dc1' },
  ],
  [
    `cluster.v1.db.default.dc1.internal.${td}.consul.upstream_cx_total`,
    { service_subset: 'v1', service: 'db', target: 'v1.db.default.dc1' },
  ],
  [
    `cluster.f8f8f8f8~v1.db.default.dc1.internal.${td}.consul.upstream_cx_total`,
    {
      custom_hash: 'f8f8f8f8',
      service_subset: 'v1',
      service: 'db',
      target: 'f8f8f8f8~v1.db.default.dc1',
    },
  ],
] as const)('a cluster is counted under its destination: %s', ([statistic, expected]) => {
  expect(extracted(statistic, 'consul.destination.')).toEqual({
    namespace: 'default',
    datacenter: 'dc1',
    routing_type: 'internal',
    trust_domain: td,
    full_target: `${expected.target}.internal.${td}`,
    ...expected,
  });
});

test.for([
  ['tcp.upstream.db.default.default.dc1.downstream_cx_total', 'db', 'dc1'],
  ['http.upstream.api.default.default.dc2.downstream_rq_2xx', 'api', 'dc2'],
] as const)('a listener is counted under its upstream: %s', ([statistic, service, datacenter]) => {
  expect(extracted(statistic, 'consul.upstream.')).toEqual({
    service,
    namespace: 'default',
    partition: 'default',
    datacenter,
  });
});

test('a cluster that is no destination gets no destination tag', () => {
  expect(extracted('cluster.local_app.upstream_cx_total', 'consul.')).toEqual({});
});

test('tags of the user come first, in lower case, and 1 where they have no value', () => {
  const [team, canary, odd] = declaredTags(
    webSidecarWith({ statsTags: ['Team=Core', 'canary', 'a=b=c'] }),
  );
  expect(team).toEqual({ tag_name: 'team', fixed_value: 'Core' });
  expect(canary).toEqual({ tag_name: 'canary', fixed_value: '1' });
  expect(odd).toEqual({ tag_name: 'a', fixed_value: 'b=c' });
});

test('the names are those that dashboards select by, each once', () => {
  const names = declaredTags().map(({ tag_name }) => tag_name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => name.startsWith('consul.destination.'))).toHaveLength(11);
  expect(names.filter((name) => name.startsWith('consul.upstream.'))).toHaveLength(5);
  expect(names.filter((name) => /^consul\.[a-z_]+$/.test(name))).toHaveLength(9);
  expect(names).toContain('local_cluster');
});

test('the deprecated names can be left out', () => {
  const names = declaredTags(webSidecar({ stats: { omitDeprecatedTags: true } })).map(
    (tag) => tag.tag_name,
  );
  expect(names.filter((name) => /^consul\.[a-z_]+$/.test(name))).toEqual([]);
});
