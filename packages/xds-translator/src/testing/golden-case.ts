import { serviceRef } from '@chancery/identity';
import { type Intention, rulesFor } from '@chancery/intentions';
import {
  type AccessLogs,
  type Decoded,
  decodeProxyConfig,
  decodeUpstreamConfig,
  formatIssue,
  type Upstream,
} from '@chancery/model';
import type { Endpoint, SidecarSnapshot } from '@chancery/snapshot';
import { parse } from 'yaml';

/**
 * A snapshot as a person writes it: names for references, the config as users declare it, intentions in
 * any order. Everything has a default but what the case is about.
 */
interface WrittenSnapshot {
  readonly service: string;
  readonly publicListener?: SidecarSnapshot['publicListener'];
  readonly localApp?: SidecarSnapshot['localApp'];
  readonly config?: object;
  readonly defaultAction?: 'allow' | 'deny';
  readonly intentions?: readonly Intention[];
  readonly accessLogs?: AccessLogs;
  readonly upstreams?: readonly WrittenUpstream[];
}

interface WrittenUpstream extends Partial<Upstream> {
  readonly destinationName: string;
  readonly endpoints?: readonly Endpoint[];
}

/** The trust domain of every case. */
export const trustDomain = '11111111-2222-3333-4444-555555555555.consul';

/** The snapshot of a case, from its YAML. `reorder` is applied to every list whose order must not matter. */
export function readCase(
  text: string,
  reorder: <T>(list: readonly T[]) => readonly T[] = (list) => list,
): SidecarSnapshot {
  const written = parse(text) as WrittenSnapshot;
  const { service, upstreams = [], intentions = [], accessLogs } = written;
  return {
    kind: 'sidecar',
    proxyId: `${service}-sidecar-proxy`,
    service: serviceRef(service),
    datacenter: 'dc1',
    trustDomain,
    publicListener: written.publicListener ?? { address: '0.0.0.0', port: 21000 },
    localApp: written.localApp ?? { address: '127.0.0.1', port: 8080 },
    config: value(decodeProxyConfig(written.config ?? {})),
    rules: rulesFor(service, reorder(intentions), written.defaultAction ?? 'allow'),
    ...(accessLogs && { accessLogs }),
    upstreams: reorder(upstreams).map((upstream) => upstreamSnapshot(upstream, reorder)),
  };
}

function upstreamSnapshot(
  { endpoints = [], ...written }: WrittenUpstream,
  reorder: <T>(list: readonly T[]) => readonly T[],
): SidecarSnapshot['upstreams'][number] {
  const upstream: Upstream = {
    destinationType: 'service',
    localBindAddress: '127.0.0.1',
    localBindPort: 0,
    config: {},
    ...written,
  };
  const service = serviceRef(upstream.destinationName);
  const target = { service, datacenter: upstream.datacenter ?? 'dc1' };
  return {
    upstream,
    config: value(decodeUpstreamConfig(upstream.config)),
    endpoints: { target, endpoints: reorder(endpoints) },
  };
}

function value<T>(decoded: Decoded<T>): T {
  if (decoded.ok) return decoded.value;
  throw new Error(decoded.issues.map((issue) => formatIssue(issue)).join('\n'));
}
