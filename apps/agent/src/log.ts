import type { AgentConfig } from '@chancery/model';
import { type Logger, type LoggerOptions, pino } from 'pino';

/** The agent's log. */
export type Log = Logger;

/** A log on standard error: text for people, or JSON with `-log-json`. Standard output stays for what was asked for. */
export function createLog(config: Pick<AgentConfig, 'logLevel' | 'logJson'>): Log {
  const options = { level: config.logLevel, base: null };
  return config.logJson
    ? pino({ ...options, ...jsonShape }, pino.destination(2))
    : pino(options, textDestination());
}

/** The fields that collectors of Consul's log know: `@level`, `@message`, `@module` and `@timestamp`. */
export const jsonShape: LoggerOptions = {
  messageKey: '@message',
  timestamp: () => `,"@timestamp":"${new Date().toISOString()}"`,
  formatters: {
    level: (label) => ({ '@level': label }),
    log: ({ part = 'agent', ...fields }) => ({ '@module': part, ...fields }),
  },
};

function textDestination(): { write(line: string): void } {
  return { write: (line) => process.stderr.write(`${textLine(JSON.parse(line))}\n`) };
}

const levels: Readonly<Record<number, string>> = {
  10: 'TRACE',
  20: 'DEBUG',
  30: 'INFO',
  40: 'WARN',
  50: 'ERROR',
  60: 'FATAL',
};

/** `2026-11-24T05:30:37.123Z [INFO]  xds: stream opened: proxy=web-sidecar-proxy`. */
export function textLine(entry: Readonly<Record<string, unknown>>): string {
  const { level, time, msg, part, ...fields } = entry;
  const label = `[${levels[Number(level)] ?? level}]`.padEnd(7);
  const details = Object.entries(fields).map(([key, value]) => `${key}=${textValue(value)}`);
  const tail = details.length > 0 ? `: ${details.join(' ')}` : '';
  return `${new Date(Number(time)).toISOString()} ${label} ${part ?? 'agent'}: ${msg}${tail}`;
}

function textValue(value: unknown): string {
  const text = typeof value === 'string' ? value : (messageOf(value) ?? JSON.stringify(value));
  return /[\s"\p{C}]/u.test(text) ? quoted(text) : text;
}

/** JSON leaves some characters as they are that steer a terminal: names come from clients. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /\p{C}/gu,
    (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`,
  );
}

/** Of an error people read the message; its stack is for `-log-json`. */
function messageOf(value: unknown): string | undefined {
  const isError = typeof value === 'object' && value !== null && 'stack' in value;
  return isError && 'message' in value ? String(value.message) : undefined;
}
