import type { PassiveHealthCheck, UpstreamLimits } from '../proxy-config.ts';
import { type Codec, count, integer, list, nanoseconds, words } from './codec.ts';
import { tenancyFields } from './entry-tenancy.ts';
import { type MeshGateway, meshGateway } from './mesh-settings.ts';
import { always, filled, given, held, shape } from './shape.ts';

/** How a service's sidecar treats its upstreams, or one of them by name. */
export interface UpstreamSettings {
  readonly name?: string;
  readonly peer?: string;
  readonly envoyListenerJson?: string;
  readonly envoyClusterJson?: string;
  readonly protocol?: string;
  readonly connectTimeoutMs?: number;
  readonly limits?: UpstreamLimits;
  readonly passiveHealthCheck?: PassiveHealthCheck;
  readonly meshGateway: MeshGateway;
  readonly balanceOutboundConnections?: string;
}

/** What holds for all upstreams, and what for some. */
export interface UpstreamConfigs {
  readonly overrides: readonly UpstreamSettings[];
  readonly defaults?: UpstreamSettings;
}

/** Reads and prints limits. */
const upstreamLimits: Codec<UpstreamLimits> = shape<UpstreamLimits>({
  maxConnections: given(integer),
  maxPendingRequests: given(integer),
  maxConcurrentRequests: given(integer),
});

/** Reads and prints the settings of a passive check. */
export const passiveHealthCheck: Codec<PassiveHealthCheck> = shape<PassiveHealthCheck>({
  intervalMs: filled(nanoseconds, { key: 'interval' }),
  maxFailures: filled(count),
  enforcingConsecutive5xx: given(count),
  maxEjectionPercent: given(count),
  baseEjectionTimeMs: given(nanoseconds, { key: 'baseEjectionTime' }),
});

const upstreamSettings: Codec<UpstreamSettings> = shape<UpstreamSettings>(
  {
    name: filled(words),
    peer: filled(words, { blank: '' }),
    envoyListenerJson: filled(words),
    envoyClusterJson: filled(words),
    protocol: filled(words),
    connectTimeoutMs: filled(integer),
    limits: given(upstreamLimits),
    passiveHealthCheck: given(passiveHealthCheck),
    meshGateway: always(meshGateway, {}),
    balanceOutboundConnections: filled(words),
  },
  tenancyFields,
);

/** Reads and prints the settings of upstreams, as they are given. */
export const upstreamConfigs: Codec<UpstreamConfigs> = shape<UpstreamConfigs>({
  overrides: held(list(upstreamSettings), []),
  defaults: given(upstreamSettings),
});

/** Settings with their protocols in one case, and without times that are none. */
export function settledUpstreams({ overrides, defaults }: UpstreamConfigs): UpstreamConfigs {
  return {
    overrides: overrides.map(settledUpstream),
    ...(defaults && { defaults: settledUpstream(defaults) }),
  };
}

function settledUpstream({
  protocol,
  connectTimeoutMs = 0,
  ...rest
}: UpstreamSettings): UpstreamSettings {
  return {
    ...rest,
    ...(protocol && { protocol: protocol.toLowerCase() }),
    ...(connectTimeoutMs > 0 && { connectTimeoutMs }),
  };
}
