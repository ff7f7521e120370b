import { fromJson, toJson } from '@bufbuild/protobuf';
import { ListenerSchema } from '@chancery/envoy-api/envoy/config/listener/v3/listener';
import { expect, test } from 'vitest';
import { registry } from './registry.ts';

test.for([
  'envoy.config.bootstrap.v3.Bootstrap',
  'envoy.config.listener.v3.Listener',
  'envoy.service.discovery.v3.DeltaDiscoveryResponse',
  'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
  'envoy.extensions.filters.http.router.v3.Router',
  'envoy.extensions.filters.http.rbac.v3.RBAC',
  'envoy.extensions.filters.http.ext_authz.v3.ExtAuthz',
  'envoy.extensions.filters.http.lua.v3.Lua',
  'envoy.extensions.filters.listener.original_dst.v3.OriginalDst',
  'envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
  'envoy.extensions.access_loggers.file.v3.FileAccessLog',
  'envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext',
  'envoy.config.metrics.v3.StatsConfig',
  'envoy.config.trace.v3.ZipkinConfig',
])('%s can be read from JSON', (typeName) => {
  expect(registry().getMessage(typeName)?.typeName).toBe(typeName);
});

test('the rules for values are there, for those who check them', () => {
  expect(registry().getExtension('validate.rules')).toBeDefined();
});

test('an Any keeps what it holds from JSON to JSON', () => {
  const json = {
    name: 'web',
    filterChains: [
      {
        filters: [
          {
            name: 'echo',
            typedConfig: {
              '@type': 'type.googleapis.com/envoy.extensions.filters.network.echo.v3.Echo',
            },
          },
        ],
      },
    ],
  };
  const listener = fromJson(ListenerSchema, json, { registry: registry() });
  expect(toJson(ListenerSchema, listener, { registry: registry() })).toEqual(json);
});

test('it is built once', () => {
  expect(registry()).toBe(registry());
});
