import { pino } from 'pino';
import { type FormedLine, formedOnce, type LogEntry } from './log-line.ts';

/** Where the log goes from a level on. */
export interface Outlet {
  /** In pino's numbers. */
  readonly least: number;
  readonly write: (line: FormedLine) => void;
}

/** What a log writes to: one outlet that is always there, and others that come and go. */
export class Outlets {
  readonly #others = new Set<Outlet>();
  readonly #onLevel: (label: string) => void;
  #main: Outlet;

  /** `onLevel` is told from which level on lines are wanted at all. */
  constructor(main: Outlet, onLevel: (label: string) => void) {
    this.#main = main;
    this.#onLevel = onLevel;
  }

  /** Takes a line as pino made it. Each outlet is given what it asked for, whatever the others want. */
  deliver(line: string): void {
    const entry = JSON.parse(line) as LogEntry;
    const level = Number(entry['level']);
    const formed = formedOnce(entry);
    for (const { least, write } of [this.#main, ...this.#others]) {
      if (level >= least) write(formed);
    }
  }

  replaceMain(main: Outlet): void {
    this.#main = main;
    this.#adjust();
  }

  /** Adds an outlet until it is disposed of. */
  add(outlet: Outlet): Disposable {
    this.#others.add(outlet);
    this.#adjust();
    return {
      [Symbol.dispose]: () => {
        this.#others.delete(outlet);
        this.#adjust();
      },
    };
  }

  #adjust(): void {
    const least = Math.min(...[this.#main, ...this.#others].map((outlet) => outlet.least));
    this.#onLevel(pino.levels.labels[least] ?? 'info');
  }
}
