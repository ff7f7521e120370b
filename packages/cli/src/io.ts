import type { ClientEnvironment } from '@chancery/client';
import type { Standing } from './output/standing.ts';
import { visibleText } from './output/visible-text.ts';

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
  readonly TERM?: string | undefined;
  readonly LC_ALL?: string | undefined;
  readonly LC_CTYPE?: string | undefined;
  readonly LANG?: string | undefined;
  readonly NO_COLOR?: string | undefined;
}

/** What a command is given of the outside: where its lines go, what it may read, and the environment. */
export interface Io {
  /** Writes one line, or several, to standard output. */
  readonly out: (text: string) => void;
  /** Writes one line, or several, to standard error. */
  readonly err: (text: string) => void;
  /** Writes to standard output behind a sign in the colour of how something stands; absent where nothing is coloured. */
  readonly outSigned?: (sign: string, standing: Standing, text: string) => void;
  readonly environment: Environment;
  /** The name of who runs the command, as the system has it; absent where it has none. */
  readonly user?: () => string | undefined;
  /** How many characters a line of the terminal has; absent where help is read by no person. */
  readonly width?: number | undefined;
  /** Asks the user on the terminal, and resolves with the answer; absent where there is none to ask on. */
  readonly ask?: (question: string) => Promise<string>;
  /** Reads standard input to its end; absent where there is none. */
  readonly input?: () => Promise<string>;
}

/** The process as its commands see it. */
export function processIo(): Io {
  return {
    out: (text) => process.stdout.write(`${visibleText(text)}\n`),
    err: (text) => process.stderr.write(`${visibleText(text)}\n`),
    environment: process.env,
    ...(showsColours() && { outSigned: writeSigned }),
    user: userName,
    width: process.stdout.columns,
    ...(process.stdin.isTTY && process.stdout.isTTY && { ask: askOnTerminal }),
    async input() {
      const { text } = await import('node:stream/consumers');
      return await text(process.stdin);
    },
  };
}

/** Who presses Ctrl-C or Ctrl-D has answered: with nothing. */
async function askOnTerminal(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const left = new Promise<undefined>((resolve) => {
      terminal.once('close', () => resolve(undefined));
    });
    const answer = await Promise.race([terminal.question(visibleText(question)), left]);
    if (answer === undefined) process.stdout.write('\n');
    return answer ?? '';
  } finally {
    terminal.close();
  }
}

/** On a terminal, unless the user wants none (https://no-color.org). */
function showsColours(): boolean {
  const { NO_COLOR, TERM } = process.env;
  return process.stdout.isTTY === true && !NO_COLOR && TERM !== 'dumb';
}

/** Of the sixteen colours that every terminal has, whatever its background. */
const colours: Readonly<Record<Standing, number>> = { ok: 32, warning: 33, failed: 31, skipped: 2 };

function writeSigned(sign: string, standing: Standing, text: string): void {
  process.stdout.write(`\u001b[${colours[standing]}m${sign}\u001b[0m ${visibleText(text)}\n`);
}

/** A user of a container need not have a name. */
function userName(): string | undefined {
  try {
    return process.getBuiltinModule('node:os').userInfo().username;
  } catch {
    return undefined;
  }
}
