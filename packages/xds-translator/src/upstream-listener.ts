import { create } from '@bufbuild/protobuf';
import type { Address } from '@chancery/envoy-api/envoy/config/core/v3/address';
import { TrafficDirection } from '@chancery/envoy-api/envoy/config/core/v3/base';
import {
  type Listener,
  ListenerSchema,
} from '@chancery/envoy-api/envoy/config/listener/v3/listener';
import type { Target } from '@chancery/identity';
import type { AccessLogs, Upstream } from '@chancery/model';
import { connectionLogs, listenerLogs } from './access-logs.ts';
import { pipe, socketAddress } from './address.ts';
import { tcpProxy } from './network-filters.ts';

/** Where the local app reaches an upstream. */
export function upstreamListener(
  name: string,
  upstream: Upstream,
  target: Target,
  cluster: string,
  accessLogs?: AccessLogs,
): Listener {
  return create(ListenerSchema, {
    name,
    address: bindAddress(upstream),
    trafficDirection: TrafficDirection.OUTBOUND,
    filterChains: [
      { filters: [tcpProxy(statPrefix(target), cluster, connectionLogs(accessLogs, 'outbound'))] },
    ],
    accessLog: listenerLogs(accessLogs, 'outbound'),
  });
}

function bindAddress(upstream: Upstream): Address {
  const { localBindSocketPath: path, localBindSocketMode: mode } = upstream;
  if (path === undefined) return socketAddress(upstream.localBindAddress, upstream.localBindPort);
  return pipe(path, mode === undefined ? 0 : socketMode(mode));
}

/** Consul reads the mode as a number of Go: `0600` and `0o600` are octal, `600` is not. */
function socketMode(mode: string): number {
  return /^0[0-7]+$/.test(mode) ? Number.parseInt(mode, 8) : Number(mode);
}

/** `upstream.db.default.default.dc1`, as Consul spells it. */
function statPrefix({ service, datacenter }: Target): string {
  return `upstream.${service.name}.${service.namespace}.${service.partition}.${datacenter}`;
}
