import type { Log } from '../log/log.ts';
import type { Verdict } from './check-reports.ts';

/** How much of what a check said stands in the log, in characters. */
const longest = 200;

/**
 * Tells in the log what became of a check: a warning when it is well no longer, as in Consul. That a check which was
 * just declared passes is no news at the usual level: else every start would be told check by check.
 */
export function tellVerdict(log: Pick<Log, 'warn' | 'info' | 'debug'>, verdict: Verdict): void {
  const { checkId, serviceId, status, output, before } = verdict;
  const level = status !== 'passing' ? 'warn' : before === undefined ? 'debug' : 'info';
  const about = {
    part: 'checks',
    check: checkId,
    ...(serviceId !== '' && { service: serviceId }),
    ...(output !== '' && { output: firstLine(output) }),
  };
  log[level](about, `check is now ${status}`);
}

function firstLine(output: string): string {
  const line = output.trimStart().split(/[\r\n]/, 1)[0] ?? '';
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
