/** Leaves the alternate screen, shows the cursor, ends bracketed paste and takes colours back. */
const restoringSequence = '\u001b[?2026l\u001b[?2004l\u001b[0m\u001b[?25h\u001b[?1049l';

/** What gives a terminal back. */
export interface TerminalGuard extends Disposable {
  /** Gives it back now, whatever state it is in. Twice does no harm. */
  readonly restore: () => void;
}

/** What a terminal is given back by. */
export interface GuardedTerminal {
  /** Writes at once: at the end of a process nothing is written later. */
  readonly write: (text: string) => void;
  readonly setRawMode: (isRaw: boolean) => void;
  readonly onExit: (listener: () => void) => void;
  readonly offExit: (listener: () => void) => void;
}

/** Gives the terminal back when the process ends, however it ends, unless that was done before. */
export function guardTerminal(terminal: GuardedTerminal): TerminalGuard {
  let isRestored = false;
  const restore = (): void => {
    if (isRestored) return;
    isRestored = true;
    try {
      terminal.setRawMode(false);
    } catch {
      // It is gone: there is nothing to give back.
    }
    try {
      terminal.write(restoringSequence);
    } catch {
      // The same.
    }
  };
  terminal.onExit(restore);
  return {
    restore,
    [Symbol.dispose]() {
      terminal.offExit(restore);
    },
  };
}
