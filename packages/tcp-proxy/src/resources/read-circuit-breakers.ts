import {
  type CircuitBreakers,
  CircuitBreakers_ThresholdsSchema,
  CircuitBreakersSchema,
} from '@chancery/envoy-api/envoy/config/cluster/v3/circuit_breaker';
import { RoutingPriority } from '@chancery/envoy-api/envoy/config/core/v3/base';
import { below, type Reading, refuse, understood } from './reading.ts';

/** Envoy's own, from its documentation of circuit breakers. */
const DEFAULT_MAX_CONNECTIONS = 1024;

/** Reads how many connections a cluster may have at once. */
export function readMaxConnections(at: Reading, message: CircuitBreakers | undefined): number {
  if (message === undefined) return DEFAULT_MAX_CONNECTIONS;
  understood(at, CircuitBreakersSchema, message, ['thresholds']);
  for (const [index, threshold] of message.thresholds.entries()) {
    understood(below(at, 'thresholds', index), CircuitBreakers_ThresholdsSchema, threshold, [
      'maxConnections',
      // They count requests of HTTP; a connection that is made is not queued here.
      ...['maxPendingRequests', 'maxRequests', 'maxRetries'],
    ]);
    if (threshold.priority !== RoutingPriority.DEFAULT) {
      refuse(below(at, 'thresholds', index, 'priority'), 'must be DEFAULT');
    }
  }
  return message.thresholds[0]?.maxConnections ?? DEFAULT_MAX_CONNECTIONS;
}
