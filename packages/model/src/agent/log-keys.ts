import { type Block, defined } from '../block.ts';
import { type Decoder, describe, filledText, flag, text, wholeNumber } from '../primitives.ts';
import { report } from '../scope.ts';
import type { AgentConfig, LogFile } from './agent-config.ts';
import { noNegativeDuration } from './durations.ts';
import { inert, type KeyTable, key } from './key.ts';
import { lastOf } from './layers.ts';

/** What the keys about the log say. */
export interface LogValues {
  readonly logLevel: AgentConfig['logLevel'];
  readonly logJson: boolean;
  readonly logFile: string;
  readonly logRotateBytes: number;
  readonly logRotateDuration: number;
  readonly logRotateMaxFiles: number;
}

const levels = {
  trace: 'trace',
  debug: 'debug',
  info: 'info',
  warn: 'warn',
  error: 'error',
} as const;

const logLevel: Decoder<AgentConfig['logLevel']> = (value, scope) => {
  const word = text(value, scope)?.toLowerCase();
  if (word === undefined) return undefined;
  const alias = word === 'err' ? 'error' : word === 'warning' ? 'warn' : word;
  if (alias in levels) return levels[alias as keyof typeof levels];
  return report(scope, `expected ${Object.keys(levels).join(', ')}; found ${describe(value)}`);
};

const noSyslog =
  'the log goes to standard error and to log_file: the journal of the system keeps it';

/** The keys about the log. */
export const logFields: KeyTable<LogValues> = {
  logLevel: key('`trace`, `debug`, `info`, `warn` or `error` (`info`).', logLevel),
  logJson: key('Each line of the log is JSON.', flag),
  logFile: key(
    'Where the log is kept beside standard error: a file, or a folder when it ends with a slash.',
    filledText,
  ),
  logRotateBytes: key(
    'The size at which another `log_file` is begun; 0 for none.',
    wholeNumber(0, Number.MAX_SAFE_INTEGER),
  ),
  logRotateDuration: key(
    'After which time another `log_file` is begun (`24h`).',
    noNegativeDuration,
  ),
  logRotateMaxFiles: key(
    'How many earlier log files are kept: 0 for all of them, -1 for none.',
    wholeNumber(-1, 1_000_000),
  ),
  ...inert(noSyslog, 'enableSyslog', 'syslogFacility'),
};

const dayMs = 24 * 3_600_000;

/** The log file that several sources ask for, if any. */
export function logFileOf(layers: readonly Block<LogValues>[]): LogFile | undefined {
  const last = lastOf(layers);
  const path = last('logFile');
  if (path === undefined) return undefined;
  const kept = last('logRotateMaxFiles') ?? 0;
  return {
    path,
    rotateAfterMs: last('logRotateDuration') || dayMs,
    ...defined({
      rotateAtBytes: last('logRotateBytes') || undefined,
      keep: kept === 0 ? undefined : Math.max(0, kept),
    }),
  };
}
