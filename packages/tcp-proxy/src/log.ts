/** How much a line in the log matters. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Takes one line of the proxy's log. No line holds a key or a token. */
export type Log = (level: LogLevel, message: string) => void;
