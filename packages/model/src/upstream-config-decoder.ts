import { type Block, blockOf, defined, field, unsupported } from './block.ts';
import type { Decoded } from './decoded.ts';
import { type Decoder, duration, filledText, wholeNumber } from './primitives.ts';
import type { PassiveHealthCheck, UpstreamConfig, UpstreamLimits } from './proxy-config.ts';
import { decoded, report, rootScope, type Scope } from './scope.ts';
import { onlyTcp } from './transport.ts';

const count = wholeNumber(0, 2 ** 32 - 1);
const percent = wholeNumber(0, 100);

const positive: Decoder<number> = (value, scope) => {
  const ms = duration(value, scope);
  return ms === undefined || ms >= 0 ? ms : report(scope, 'must be more than 0');
};

const limitFields = {
  maxConnections: field(count),
  maxPendingRequests: field(count),
  maxConcurrentRequests: field(count),
};

const passiveHealthCheckFields = {
  interval: field(positive),
  maxFailures: field(count),
  enforcingConsecutive5xx: field(percent),
  maxEjectionPercent: field(percent),
  baseEjectionTime: field(positive),
};

const upstreamConfigFields = {
  protocol: field(onlyTcp),
  connectTimeoutMs: field(wholeNumber(1, 2 ** 31 - 1)),
  limits: field(blockOf(limitFields)),
  passiveHealthCheck: field(blockOf(passiveHealthCheckFields)),
  envoyListenerJson: field(filledText),
  envoyClusterJson: field(filledText),
  ...unsupported('there are no mesh gateways yet', 'meshGateway'),
  ...unsupported(
    'connections are not balanced between worker threads',
    'balanceOutboundConnections',
  ),
};

const readBlock = blockOf(upstreamConfigFields);
const defaultConnectTimeoutMs = 5000;

/** Reads an upstream's `config`: every key that is not known is refused, by name where Consul has it. */
export function decodeUpstreamConfig(config: unknown): Decoded<UpstreamConfig> {
  const scope = rootScope('file');
  return decoded(scope, readUpstreamConfig(config, scope));
}

/** As `decodeUpstreamConfig`, reporting at a place of a larger document. */
export const readUpstreamConfig: Decoder<UpstreamConfig> = (config, scope) => {
  const block = readBlock(config, inConfig(scope));
  if (block === undefined) return undefined;
  const { values } = block;
  return {
    connectTimeoutMs: values.connectTimeoutMs ?? defaultConnectTimeoutMs,
    ...defined({
      limits: values.limits && (defined(values.limits.values) as UpstreamLimits),
      passiveHealthCheck:
        values.passiveHealthCheck && passiveHealthCheck(values.passiveHealthCheck),
      listenerJson: values.envoyListenerJson,
      clusterJson: values.envoyClusterJson,
    }),
  };
};

interface PassiveHealthCheckValues {
  readonly interval: number;
  readonly maxFailures: number;
  readonly enforcingConsecutive5xx: number;
  readonly maxEjectionPercent: number;
  readonly baseEjectionTime: number;
}

function passiveHealthCheck(block: Block<PassiveHealthCheckValues>): PassiveHealthCheck {
  const { interval, maxFailures, enforcingConsecutive5xx, maxEjectionPercent, baseEjectionTime } =
    block.values;
  return defined({
    intervalMs: interval,
    maxFailures,
    enforcingConsecutive5xx,
    maxEjectionPercent,
    baseEjectionTimeMs: baseEjectionTime,
  });
}

/** The scope of a proxy's own config: Consul reads it weakly, and its keys are snake_case wherever it stands. */
export function inConfig(scope: Scope): Scope {
  return { ...scope, casing: 'file', weak: true };
}
