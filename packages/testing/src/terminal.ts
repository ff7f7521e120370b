import { spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';

/** A program at a terminal that a test reads and types on. */
export interface Terminal extends Disposable {
  readonly pid: number;
  /** What is on the screen, a text a line, without the blanks behind it. */
  readonly screen: () => readonly string[];
  /** All that was written, as it was written. */
  readonly written: () => string;
  readonly type: (keys: string) => void;
  readonly resize: (columns: number, rows: number) => void;
  readonly signal: (name: string) => void;
  /** Whether it shows the screen that programs have for themselves. */
  readonly isAlternate: () => boolean;
  /** Waits until what is on the screen fulfils a condition. */
  readonly until: (condition: RegExp | (() => boolean)) => Promise<void>;
  readonly exited: Promise<{ readonly code: number; readonly signal: number | undefined }>;
}

/** How a program is started. */
export interface TerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly environment?: Readonly<Record<string, string>>;
}

const patience = 20_000;

/** Starts a program at a terminal of its own. */
export function openTerminal(
  file: string,
  args: readonly string[],
  { columns = 80, rows = 24, environment = {} }: TerminalOptions = {},
): Terminal {
  const emulator = new headless.Terminal({
    cols: columns,
    rows,
    allowProposedApi: true,
    scrollback: 100,
  });
  const pty = spawn(file, [...args], {
    name: environment['TERM'] ?? 'xterm-256color',
    cols: columns,
    rows,
    env: terminalEnvironment(environment),
  });
  const pieces: string[] = [];
  const listeners = new Set<() => void>();
  pty.onData((text) => {
    emulator.write(text, () => {
      pieces.push(text);
      for (const listener of listeners) listener();
    });
  });
  const { promise: exited, resolve } = Promise.withResolvers<{
    code: number;
    signal: number | undefined;
  }>();
  let isOver = false;
  pty.onExit(({ exitCode, signal }) => {
    isOver = true;
    resolve({ code: exitCode, signal });
  });
  const screen = (): readonly string[] => {
    const { active } = emulator.buffer;
    return Array.from({ length: emulator.rows }, (_, at) =>
      (active.getLine(active.baseY + at)?.translateToString(true) ?? '').trimEnd(),
    );
  };
  const isWhole = (): boolean => {
    const written = pieces.join('');
    return written.lastIndexOf('\u001b[?2026l') >= written.lastIndexOf('\u001b[?2026h');
  };
  return {
    pid: pty.pid,
    screen,
    written: () => pieces.join(''),
    type: (keys) => pty.write(keys),
    resize(wide, high) {
      emulator.resize(wide, high);
      pty.resize(wide, high);
    },
    signal: (name) => process.kill(pty.pid, name),
    isAlternate: () => emulator.buffer.active.type === 'alternate',
    until: (condition) => until(condition, { screen, listeners, isWhole }),
    exited,
    [Symbol.dispose]() {
      if (!isOver) pty.kill('SIGKILL');
      emulator.dispose();
    },
  };
}

/** Nothing of the test's surroundings decides how a program looks. */
function terminalEnvironment(own: Readonly<Record<string, string>>): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME, TERM: 'xterm-256color', LANG: 'C.UTF-8', TZ: 'UTC', ...own };
}

interface Watched {
  readonly screen: () => readonly string[];
  readonly listeners: Set<() => void>;
  /** Whether no frame is half written: terminals hand over a few kilobytes at a time. */
  readonly isWhole: () => boolean;
}

async function until(
  condition: RegExp | (() => boolean),
  { screen, listeners, isWhole }: Watched,
): Promise<void> {
  const holds = (): boolean =>
    isWhole() && (condition instanceof RegExp ? condition.test(screen().join('\n')) : condition());
  if (holds()) return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const look = (): void => {
    if (holds()) resolve();
  };
  // A condition may be about something else than the screen.
  const looking = setInterval(look, 25);
  const giving = setTimeout(
    () =>
      reject(new Error(`${String(condition)} did not come; the screen is\n${screen().join('\n')}`)),
    patience,
  );
  listeners.add(look);
  try {
    await promise;
  } finally {
    listeners.delete(look);
    clearInterval(looking);
    clearTimeout(giving);
  }
}
