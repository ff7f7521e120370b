import type { Any } from '@bufbuild/protobuf/wkt';
import { typeUrlOf } from '@chancery/envoy-api';
import {
  type ExtensionConfigSource,
  ExtensionConfigSourceSchema,
} from '@chancery/envoy-api/envoy/config/core/v3/config_source';
import {
  type Filter,
  FilterSchema,
} from '@chancery/envoy-api/envoy/config/listener/v3/listener_components';
import { ConnectionLimitSchema } from '@chancery/envoy-api/envoy/extensions/filters/network/connection_limit/v3/connection_limit';
import { RBACSchema } from '@chancery/envoy-api/envoy/extensions/filters/network/rbac/v3/rbac';
import { TcpProxySchema } from '@chancery/envoy-api/envoy/extensions/filters/network/tcp_proxy/v3/tcp_proxy';
import type { FilterResource, ListenerResource } from '../plan/resources.ts';
import { requireAds } from './read-config-source.ts';
import { readDuration } from './read-duration.ts';
import { readRulesFilter } from './read-rules.ts';
import { below, type Reading, refuse, understood } from './reading.ts';
import { refuseType, unpack } from './typed-config.ts';

/** Envoy's own, from its documentation of the TCP proxy. */
const DEFAULT_IDLE_MS = 3_600_000;

type FilterChainParts = Pick<ListenerResource, 'filters' | 'cluster' | 'idleTimeoutMs'>;

/** Reads the filters of a chain: what a connection has to pass, and last of all where it goes. */
export function readFilters(
  at: Reading,
  messages: readonly Filter[],
): FilterChainParts | undefined {
  const last = messages.at(-1);
  if (last === undefined) return refuse(at, 'is empty');
  const filters = messages
    .slice(0, -1)
    .flatMap((message, index) => readFilter(below(at, index), message) ?? []);
  const end = readTcpProxy(below(at, messages.length - 1), last);
  return end && { filters, ...end };
}

function readFilter(at: Reading, message: Filter): FilterResource | undefined {
  understood(at, FilterSchema, message, ['name', 'typedConfig', 'configDiscovery']);
  const { case: kind, value } = message.configType;
  if (kind === 'configDiscovery') {
    return readDiscovery(below(at, 'config_discovery'), message.name, value);
  }
  const inside = below(at, 'typed_config');
  switch (value?.typeUrl) {
    case typeUrlOf(RBACSchema): {
      const rules = readRulesFilter(inside, value);
      return rules && { kind: 'rules', rules };
    }
    case typeUrlOf(ConnectionLimitSchema):
      return readConnectionLimit(inside, value);
    default:
      return refuseType(inside, value?.typeUrl ?? '');
  }
}

/** The filter and the extension config that it is made of share a name. */
function readDiscovery(
  at: Reading,
  name: string,
  source: ExtensionConfigSource,
): FilterResource | undefined {
  understood(at, ExtensionConfigSourceSchema, source, ['configSource', 'typeUrls']);
  requireAds(below(at, 'config_source'), source.configSource);
  const [only, ...more] = source.typeUrls;
  if (only !== typeUrlOf(RBACSchema) || more.length > 0) {
    refuse(below(at, 'type_urls'), `must be ${typeUrlOf(RBACSchema)}`);
  }
  return name === ''
    ? refuse(at, 'belongs to a filter without name')
    : { kind: 'rules-by-name', name };
}

function readConnectionLimit(at: Reading, any: Any | undefined): FilterResource | undefined {
  const limit = unpack(at, ConnectionLimitSchema, any);
  if (limit === undefined) return undefined;
  understood(at, ConnectionLimitSchema, limit, ['statPrefix', 'maxConnections']);
  const { maxConnections = 0n } = limit;
  if (maxConnections < 1n) return refuse(below(at, 'max_connections'), 'must be at least 1');
  return { kind: 'connection-limit', maxConnections: Number(maxConnections) };
}

function readTcpProxy(
  at: Reading,
  message: Filter,
): Pick<FilterChainParts, 'cluster' | 'idleTimeoutMs'> | undefined {
  understood(at, FilterSchema, message, ['name', 'typedConfig']);
  const inside = below(at, 'typed_config');
  const { case: kind, value } = message.configType;
  const end = unpack(inside, TcpProxySchema, kind === 'typedConfig' ? value : undefined);
  if (end === undefined) return undefined;
  // There is no access log here, whoever asks for one.
  understood(inside, TcpProxySchema, end, ['statPrefix', 'cluster', 'idleTimeout', 'accessLog']);
  const idle = readDuration(below(inside, 'idle_timeout'), end.idleTimeout, DEFAULT_IDLE_MS);
  const { clusterSpecifier: where } = end;
  if (where.case !== 'cluster' || where.value === '') {
    return refuse(below(inside, 'cluster'), 'is missing');
  }
  return idle === undefined ? undefined : { cluster: where.value, idleTimeoutMs: idle };
}
