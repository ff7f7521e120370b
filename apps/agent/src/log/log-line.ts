/** A line of the log before it has a form: what pino writes, read again. */
export type LogEntry = Readonly<Record<string, unknown>>;

/** The form in which people read a line, or programs. */
export type LogForm = 'text' | 'json';

/** A line in the form that is asked for. */
export type FormedLine = (form: LogForm) => string;

/** A line for several readers: each form is made once, and only when one asks for it. */
export function formedOnce(entry: LogEntry): FormedLine {
  const made: { [form in LogForm]?: string } = {};
  return (form) => {
    made[form] ??= logLine(entry, form);
    return made[form];
  };
}

/** A line in its form, with its end. */
export function logLine(entry: LogEntry, form: LogForm): string {
  return `${form === 'json' ? jsonLine(entry) : textLine(entry)}\n`;
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
export function textLine(entry: LogEntry): string {
  const { level, time, msg, part, ...fields } = entry;
  const label = `[${levels[Number(level)] ?? level}]`.padEnd(7);
  const details = Object.entries(fields).map(([key, value]) => `${key}=${textValue(value)}`);
  const tail = details.length > 0 ? `: ${details.join(' ')}` : '';
  return `${new Date(Number(time)).toISOString()} ${label} ${part ?? 'agent'}: ${msg}${tail}`;
}

/** The fields that collectors of Consul's log know: `@level`, `@message`, `@module` and `@timestamp`. */
function jsonLine(entry: LogEntry): string {
  const { level, time, msg, part = 'agent', ...fields } = entry;
  return JSON.stringify({
    '@level': levels[Number(level)]?.toLowerCase() ?? level,
    '@timestamp': new Date(Number(time)).toISOString(),
    '@module': part,
    '@message': msg,
    ...fields,
  });
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
