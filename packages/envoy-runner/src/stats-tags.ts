import type { JsonObject } from '@chancery/model';
import type { BootstrapOptions } from './bootstrap-options.ts';
import { namePattern, type Segment } from './stat-name.ts';

/** The labels that dashboards for Consul's sidecars select by: whose statistic it is, and which destination it is about. */
export function statsConfig({ config, node, stats }: BootstrapOptions): JsonObject {
  const fixed = (name: string, value: string): JsonObject => ({
    tag_name: name,
    fixed_value: value,
  });
  return {
    stats_tags: [
      ...config.statsTags.map(userTag),
      ...destinationTags('consul.destination.'),
      peerTag,
      ...upstreamTags,
      ...(stats?.omitDeprecatedTags === true ? [] : deprecatedTags()),
      fixed('local_cluster', node.service),
      fixed('consul.source.service', node.service),
      fixed('consul.source.namespace', 'default'),
      fixed('consul.source.partition', 'default'),
      fixed('consul.source.datacenter', node.datacenter),
    ],
    use_all_default_tags: true,
  };
}

/** `key=value`, or a bare key for the value 1. Metrics stores want labels in lower case. */
function userTag(declared: string): JsonObject {
  const [key = '', ...value] = declared.split('=');
  return {
    tag_name: key.toLowerCase(),
    fixed_value: value.length === 0 ? '1' : value.join('='),
  };
}

/** A cluster is named by its SNI: `[hash~][subset.]service.namespace.[partition.]datacenter.internal.trust-domain`. */
const clusterName: readonly Segment[] = [
  { name: 'custom_hash', after: '~', optional: true },
  { name: 'service_subset', after: '\\.', optional: true },
  { name: 'service', after: '\\.' },
  { name: 'namespace', after: '\\.' },
  { name: 'partition', after: '\\.', optional: true },
  { name: 'datacenter', after: '\\.' },
  { name: 'routing_type', after: '\\.', pattern: 'internal[^.]*' },
  { name: 'trust_domain', after: '\\.consul\\.' },
];

/** The cluster of another mesh's service has its peer where ours have a datacenter. */
const peeredClusterName: readonly Segment[] = [
  { name: 'service', after: '\\.' },
  { name: 'namespace', after: '\\.' },
  { name: 'partition', after: '\\.', optional: true },
  { name: 'peer', after: '\\.' },
  { name: 'routing_type', after: '\\.', pattern: 'external' },
  { name: 'trust_domain', after: '\\.consul\\.' },
];

function destinationTags(prefix: string): readonly JsonObject[] {
  const spans: [tag: string, first: string, last: string][] = [
    ...clusterName.map(({ name }): [string, string, string] => [name, name, name]),
    ['target', 'custom_hash', 'datacenter'],
    ['full_target', 'custom_hash', 'trust_domain'],
  ];
  return spans.map(([tag, first, last]) => ({
    tag_name: prefix + tag,
    regex: `^cluster\\.(?:passthrough~)?${namePattern(clusterName, first, last)}`,
  }));
}

const peerTag: JsonObject = {
  tag_name: 'consul.destination.peer',
  regex: `^cluster\\.${namePattern(peeredClusterName, 'peer', 'peer')}`,
};

/** Dashboards made before the tags had `destination` in their names read these; there never was one for the partition. */
function deprecatedTags(): readonly JsonObject[] {
  return destinationTags('consul.').filter(({ tag_name }) => tag_name !== 'consul.partition');
}

/** An upstream's listener counts under `upstream.service.namespace.partition.datacenter`. */
const upstreamName: readonly Segment[] = [
  { name: 'service', after: '\\.' },
  { name: 'namespace', after: '\\.', optional: true },
  { name: 'partition', after: '\\.', optional: true },
  { name: 'datacenter', after: '\\.' },
];

const peeredUpstreamName: readonly Segment[] = [
  { name: 'service', after: '\\.' },
  { name: 'namespace', after: '\\.', optional: true },
  { name: 'peer', after: '\\.' },
];

const upstreamTags: readonly JsonObject[] = [
  upstreamTag('service', 'upstream(?:_peered)?', upstreamName),
  upstreamTag('datacenter', 'upstream', upstreamName),
  upstreamTag('peer', 'upstream_peered', peeredUpstreamName),
  upstreamTag('namespace', 'upstream(?:_peered)?', upstreamName),
  upstreamTag('partition', 'upstream', upstreamName),
];

function upstreamTag(tag: string, prefix: string, name: readonly Segment[]): JsonObject {
  return {
    tag_name: `consul.upstream.${tag}`,
    regex: `^(?:tcp|http)\\.${prefix}\\.${namePattern(name, tag, tag)}`,
  };
}
