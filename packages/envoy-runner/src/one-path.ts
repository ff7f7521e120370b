import type { JsonObject } from '@chancery/model';

/** One path of the admin interface, or of what stands in for it, that a listener lets through. */
export interface OnePath {
  readonly statPrefix: string;
  /** The path on the listener. */
  readonly path: string;
  readonly cluster: string;
  /** The path behind it. */
  readonly rewrite: string;
}

/** A filter that lets through only the one path: the rest of the admin interface can stop the proxy. */
export function onePathFilter({ statPrefix, path, cluster, rewrite }: OnePath): JsonObject {
  const virtualHost = {
    name: 'self_admin',
    domains: ['*'],
    routes: [
      { match: { path }, route: { cluster, prefix_rewrite: rewrite } },
      { match: { prefix: '/' }, direct_response: { status: 404 } },
    ],
  };
  return {
    name: 'envoy.filters.network.http_connection_manager',
    typed_config: {
      '@type':
        'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
      stat_prefix: statPrefix,
      codec_type: 'HTTP1',
      route_config: { name: 'self_admin_route', virtual_hosts: [virtualHost] },
      http_filters: [
        {
          name: 'envoy.filters.http.router',
          typed_config: {
            '@type': 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router',
          },
        },
      ],
    },
  };
}
