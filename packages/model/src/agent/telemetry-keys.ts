import type { Block } from '../block.ts';
import { type Decoder, describe, filledText, flag, listOf } from '../primitives.ts';
import { report } from '../scope.ts';
import { noNegativeDuration } from './durations.ts';
import { fixed, inert, type KeyTable, key } from './key.ts';
import { allOf, lastOf } from './layers.ts';

/** How metrics are named and shown. */
export interface TelemetryConfig {
  readonly metricsPrefix: string;
  /** Whether gauges go without the name of the host. */
  readonly disableHostname: boolean;
  /** 0 turns Prometheus' format off. Nothing is dropped from it after a time: clients cannot make it grow. */
  readonly prometheusRetentionMs: number;
  /** Beginnings of names that are shown, or not, whatever the default is; the longest that fits decides. */
  readonly allowedPrefixes: readonly string[];
  readonly blockedPrefixes: readonly string[];
  /** Whether what no prefix speaks of is shown. */
  readonly filterDefault: boolean;
}

/** What the `telemetry` block says. */
export interface TelemetryValues {
  readonly metricsPrefix: string;
  readonly disableHostname: boolean;
  readonly prometheusRetentionTime: number;
  readonly prefixFilter: readonly string[];
  readonly filterDefault: boolean;
}

const prefixRule: Decoder<string> = (value, scope) => {
  const found = filledText(value, scope);
  if (found === undefined || /^[+-]./.test(found)) return found;
  return report(
    scope,
    `expected a beginning of names behind "+" or "-" such as "-consul.rpc", found ${describe(found)}`,
  );
};

const pulled = 'metrics are fetched from /v1/agent/metrics, not sent';

/** The keys of `telemetry`. */
export const telemetryFields: KeyTable<TelemetryValues> = {
  metricsPrefix: key('The first word of the name of every metric (`consul`).', filledText),
  disableHostname: key('Gauges go without the name of the host.', flag),
  prometheusRetentionTime: key(
    '`0s` turns the format of Prometheus off. Nothing is dropped from it after a time: there is little of it.',
    noNegativeDuration,
  ),
  prefixFilter: key(
    'Beginnings of names that are shown (`+`) or not (`-`); the longest that fits decides.',
    listOf(prefixRule),
  ),
  filterDefault: key('Whether what no `prefix_filter` speaks of is shown (`true`).', flag),
  ...inert(pulled, 'statsdAddress', 'statsiteAddress', 'dogstatsdAddr', 'dogstatsdTags'),
  ...inert(pulled, 'retryFailedConnection'),
  ...inert(pulled, 'circonusApiApp', 'circonusApiToken', 'circonusApiUrl', 'circonusBrokerId'),
  ...inert(pulled, 'circonusBrokerSelectTag', 'circonusCheckDisplayName', 'circonusCheckId'),
  ...inert(pulled, 'circonusCheckForceMetricActivation', 'circonusCheckInstanceId'),
  ...inert(pulled, 'circonusCheckSearchTag', 'circonusCheckTags', 'circonusSubmissionUrl'),
  ...inert(pulled, 'circonusSubmissionInterval'),
  ...inert('figures of the host are left to its own exporter', 'enableHostMetrics'),
  ...fixed(true, 'there is one tenant', 'disablePerTenancyUsageMetrics'),
};

/** The telemetry of several files. */
export function telemetryOf(blocks: readonly Block<TelemetryValues>[]): TelemetryConfig {
  const last = lastOf(blocks);
  const rules = allOf(blocks, 'prefixFilter').flat();
  const beginnings = (sign: string) =>
    rules.filter((rule) => rule.startsWith(sign)).map((rule) => rule.slice(1));
  return {
    metricsPrefix: last('metricsPrefix') ?? 'consul',
    disableHostname: last('disableHostname') ?? false,
    prometheusRetentionMs: last('prometheusRetentionTime') ?? 60_000,
    allowedPrefixes: beginnings('+'),
    blockedPrefixes: beginnings('-'),
    filterDefault: last('filterDefault') ?? true,
  };
}
