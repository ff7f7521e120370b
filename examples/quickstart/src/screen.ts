/** Where the story is told: lines with a tick, the time and the command that does it by hand. */
export interface Screen {
  line(text?: string): void;
  /** A remark beside the story. */
  note(text: string): void;
  /** A step that has begun; on a terminal it gives way to its result. */
  begin(title: string): void;
  held(title: string, elapsedMs: number, byHand: string): void;
  failed(title: string, reason: string, byHand: string): void;
}

/** What a screen writes to. */
export interface Output {
  write(text: string): void;
  /** Whether a line can be replaced. */
  readonly isTerminal: boolean;
  readonly hasColour: boolean;
}

const width = 62;
const eraseLine = '\r\u001b[2K';

/** A screen on an output; without colour or terminal it is plain text. */
export function createScreen(output: Output): Screen {
  const paint = (code: number, text: string): string =>
    output.hasColour ? `\u001b[${code}m${text}\u001b[0m` : text;
  const dim = (text: string): string => paint(2, text);
  const line = (text = ''): void => output.write(`${text}\n`);
  const replace = (text: string): void => line((output.isTerminal ? eraseLine : '') + text);
  const command = (byHand: string): void => line(dim(`      ${byHand}`));
  return {
    line,
    note: (text) => line(dim(`  ${text}`)),
    begin: (title) => {
      if (output.isTerminal) output.write(dim(`  · ${title}`));
    },
    held: (title, elapsedMs, byHand) => {
      replace(`  ${paint(32, '✓')} ${title.padEnd(width)} ${dim(duration(elapsedMs).padStart(7))}`);
      command(byHand);
    },
    failed: (title, reason, byHand) => {
      replace(`  ${paint(31, '✗')} ${title}`);
      command(byHand);
      line(`      ${reason}`);
    },
  };
}

/** A time as a person reads it: `0.4 ms`, `12 ms`, `1.24 s`. */
export function duration(ms: number): string {
  if (ms < 1) return `${ms.toFixed(1)} ms`;
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

const titleWidth = 52;

/** The same screen, with a name in the line of every step. */
export function naming(name: string, screen: Screen): Screen {
  const named = (title: string): string => `${title.padEnd(titleWidth)}  ${name}`;
  return {
    ...screen,
    begin: (title) => screen.begin(named(title)),
    held: (title, elapsedMs, byHand) => screen.held(named(title), elapsedMs, byHand),
    failed: (title, reason, byHand) => screen.failed(named(title), reason, byHand),
  };
}
