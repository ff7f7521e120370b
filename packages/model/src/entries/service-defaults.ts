import { type Field, field } from '../block.ts';
import { report } from '../scope.ts';
import { type Codec, integer, list, words } from './codec.ts';
import { type EntryHead, entryFields, head, meta } from './entry-head.ts';
import { type EnvoyExtension, envoyExtension } from './envoy-extension.ts';
import {
  type Expose,
  expose,
  type MeshGateway,
  type MutualTlsMode,
  meshGateway,
  mutualTlsMode,
  type ProxyMode,
  proxyMode,
  type TransparentProxy,
  transparentProxy,
} from './mesh-settings.ts';
import { always, filled, given, held, shape } from './shape.ts';
import { type UpstreamConfigs, upstreamConfigs } from './upstream-settings.ts';

/** What holds for every instance of a service. */
export interface ServiceDefaults extends EntryHead<'service-defaults'> {
  readonly protocol?: string;
  readonly mode?: ProxyMode;
  readonly transparentProxy: TransparentProxy;
  readonly mutualTlsMode?: MutualTlsMode;
  readonly meshGateway: MeshGateway;
  readonly expose: Expose;
  /** The server name by which a service outside the mesh is known in TLS. */
  readonly externalSni?: string;
  readonly upstreamConfig?: UpstreamConfigs;
  readonly destination?: ServiceDestination;
  readonly maxInboundConnections?: number;
  readonly localConnectTimeoutMs?: number;
  readonly localRequestTimeoutMs?: number;
  readonly balanceInboundConnections?: string;
  readonly envoyExtensions: readonly EnvoyExtension[];
}

/** Where a service outside the mesh is reached through a terminating gateway. */
export interface ServiceDestination {
  readonly addresses: readonly string[];
  readonly port?: number;
}

const destination = shape<ServiceDestination>({
  addresses: held(list(words), []),
  port: filled(integer),
});

/** Only Consul's enterprise edition limits the rate of requests by this entry. */
const rateLimits: Field<unknown> = field<unknown>((_value, scope) => {
  const sentence = 'invalid rate_limits config. Rate limiting is a consul enterprise feature';
  return report(scope, 'requests are not limited by their rate', {
    code: 'refused',
    consul: { words: sentence, listed: true },
  });
});

/** Reads and prints the defaults of a service, as they are given. */
export const serviceDefaults: Codec<ServiceDefaults> = shape<ServiceDefaults>(
  {
    ...head('service-defaults'),
    protocol: filled(words, { blank: '' }),
    mode: filled(proxyMode),
    transparentProxy: always(transparentProxy, {}),
    mutualTlsMode: filled(mutualTlsMode),
    meshGateway: always(meshGateway, {}),
    expose,
    externalSni: filled(words),
    upstreamConfig: given(upstreamConfigs),
    destination: given(destination),
    maxInboundConnections: filled(integer),
    localConnectTimeoutMs: filled(integer),
    localRequestTimeoutMs: filled(integer),
    balanceInboundConnections: filled(words),
    envoyExtensions: held(list(envoyExtension), []),
    meta,
  },
  { ...entryFields, rateLimits },
);
