import { defined } from './block.ts';
import type { CheckTiming } from './check.ts';
import { type CheckBlock, spelled } from './check-fields.ts';
import { formatDuration } from './duration.ts';
import { report, type Scope, warn } from './scope.ts';

const shortestIntervalMs = 1000;

/** When a check is run: it has to say how often. */
export function timing(block: CheckBlock): CheckTiming {
  const { interval, timeout } = block.values;
  if (interval === undefined && !block.has('interval')) {
    const key = spelled(block, 'interval');
    report(block.scope, `${key} is missing: say how often to check, such as "10s"`, {
      code: 'missing',
    });
  }
  if (interval !== undefined) judgeInterval(block.at('interval'), interval);
  if (timeout !== undefined && timeout < 0) report(block.at('timeout'), 'must be more than 0');
  return {
    intervalMs: interval ?? shortestIntervalMs,
    ...defined({ timeoutMs: timeout || undefined }),
  };
}

/** As in Consul, what is shorter than a second is a second. */
function judgeInterval(at: Scope, intervalMs: number): void {
  if (intervalMs <= 0) report(at, 'must be more than 0');
  else if (intervalMs < shortestIntervalMs) {
    const given = formatDuration(intervalMs);
    warn(at, `${given} is too short: the check is run every 1s`, String(at.path.at(-1)));
  }
}
