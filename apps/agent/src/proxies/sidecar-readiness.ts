import type { CheckRunner } from '@chancery/health-checks';

/** The check that finds out whether a sidecar takes connections, by Consul's naming. */
function listeningCheckId(proxyId: string): string {
  return `service:${proxyId}:1`;
}

/**
 * A sidecar's stream says that something is about to change, never that it listens: only a connect
 * does. So each end of a stream sets off a quick series of its TCP check.
 */
export function probeOnStreamEvents(
  checks: Pick<CheckRunner, 'probeInSeries'>,
): (proxyId: string, event: 'opened' | 'closed') => void {
  return (proxyId, event) =>
    checks.probeInSeries(
      listeningCheckId(proxyId),
      event === 'opened' ? 'first-success' : 'settled',
    );
}
