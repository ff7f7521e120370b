import { create } from '@bufbuild/protobuf';
import { pack, typeUrlOf } from '@chancery/envoy-api';
import type { AccessLog } from '@chancery/envoy-api/envoy/config/accesslog/v3/accesslog';
import {
  type Filter,
  FilterSchema,
} from '@chancery/envoy-api/envoy/config/listener/v3/listener_components';
import { ConnectionLimitSchema } from '@chancery/envoy-api/envoy/extensions/filters/network/connection_limit/v3/connection_limit';
import { RBACSchema } from '@chancery/envoy-api/envoy/extensions/filters/network/rbac/v3/rbac';
import { TcpProxySchema } from '@chancery/envoy-api/envoy/extensions/filters/network/tcp_proxy/v3/tcp_proxy';
import { overAds } from './over-ads.ts';
import { intentionsFilter } from './resource-names.ts';

/**
 * Refuses whom the intentions deny. They come as an extension config, so that changing them leaves the
 * listener and its established connections alone; without one Envoy keeps the listener shut.
 */
export function intentions(): Filter {
  return create(FilterSchema, {
    name: intentionsFilter,
    configType: {
      case: 'configDiscovery',
      value: { configSource: overAds(), typeUrls: [typeUrlOf(RBACSchema)] },
    },
  });
}

/** Hands the bytes of a connection on to a cluster, and logs it when it ends: also one that the intentions refused. */
export function tcpProxy(statPrefix: string, cluster: string, accessLog: AccessLog[]): Filter {
  const message = create(TcpProxySchema, {
    statPrefix,
    clusterSpecifier: { case: 'cluster', value: cluster },
    accessLog,
  });
  return create(FilterSchema, {
    name: 'envoy.filters.network.tcp_proxy',
    configType: { case: 'typedConfig', value: pack(TcpProxySchema, message) },
  });
}

/** Closes connections beyond a number that are open at once. */
export function connectionLimit(maxConnections: number): Filter {
  const message = create(ConnectionLimitSchema, {
    statPrefix: 'inbound_connection_limit',
    maxConnections: BigInt(maxConnections),
  });
  return create(FilterSchema, {
    name: 'envoy.filters.network.connection_limit',
    configType: { case: 'typedConfig', value: pack(ConnectionLimitSchema, message) },
  });
}
