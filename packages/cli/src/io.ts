import type { ClientEnvironment } from '@chancery/client';
import { visibleText } from './visible-text.ts';

/** The environment variables that commands read: Consul's, where an Envoy binary is, and where a user's files are. */
export interface Environment extends ClientEnvironment {
  readonly CONSUL_GRPC_ADDR?: string | undefined;
  readonly CONSUL_NAMESPACE?: string | undefined;
  readonly CONSUL_PARTITION?: string | undefined;
  readonly CONNECT_SIDECAR_FOR?: string | undefined;
  readonly CONNECT_PROXY_ID?: string | undefined;
  readonly CHANCERY_ENVOY?: string | undefined;
  readonly PATH?: string | undefined;
  readonly HOME?: string | undefined;
  readonly XDG_CONFIG_HOME?: string | undefined;
  readonly XDG_DATA_HOME?: string | undefined;
  readonly ZDOTDIR?: string | undefined;
  readonly TMPDIR?: string | undefined;
}

/** What a command is given of the outside: where its lines go, what it may read, and the environment. */
export interface Io {
  /** Writes one line, or several, to standard output. */
  readonly out: (text: string) => void;
  /** Writes one line, or several, to standard error. */
  readonly err: (text: string) => void;
  readonly environment: Environment;
  /** How many characters a line of the terminal has; absent where help is read by no person. */
  readonly width?: number | undefined;
  /** Reads standard input to its end; absent where there is none. */
  readonly input?: () => Promise<string>;
}

/** The process as its commands see it. */
export function processIo(): Io {
  return {
    out: (text) => process.stdout.write(`${visibleText(text)}\n`),
    err: (text) => process.stderr.write(`${visibleText(text)}\n`),
    environment: process.env,
    width: process.stdout.columns,
    async input() {
      const { text } = await import('node:stream/consumers');
      return await text(process.stdin);
    },
  };
}
