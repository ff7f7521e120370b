import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * What tells one state of files and folders from another: which files there are, when each was written last, how
 * large and which one it is.
 */
export async function filesState(paths: readonly string[]): Promise<string> {
  const states = await Promise.all(paths.map(stateOf));
  return states.join('\n');
}

async function stateOf(path: string): Promise<string> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  if (found === undefined) return `${path} absent`;
  if (!found.isDirectory()) return `${path} ${found.mtimeNs} ${found.size} ${found.ino}`;
  const names = await readdir(path).catch(() => []);
  const states = await Promise.all(
    names.toSorted().map(async (name) => {
      const file = join(path, name);
      const inside = await stat(file, { bigint: true }).catch(() => undefined);
      // What lies deeper is not read.
      if (inside?.isDirectory()) return '';
      return inside ? `${file} ${inside.mtimeNs} ${inside.size} ${inside.ino}` : `${file} absent`;
    }),
  );
  return [path, ...states].join('\n');
}

/** What a watch takes. */
export interface WatchOptions {
  /** Files and folders. */
  readonly paths: readonly string[];
  /** Their state when they were read last. */
  readonly since: string;
  /** Called when files have changed and were found so twice. */
  readonly onChange: () => void;
}

/**
 * Looks at files for changes. Looking finds what notifications miss: files that editors replace, links that are
 * turned to another folder as Kubernetes does, files on a network.
 */
export class FileWatch {
  readonly #options: WatchOptions;
  #told: string;
  #last: string;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#told = options.since;
    this.#last = options.since;
  }

  /** A change is told by the look that finds no further one: whoever writes several files is through by then. */
  async look(): Promise<void> {
    const state = await filesState(this.#options.paths);
    const isSettled = state === this.#last;
    this.#last = state;
    if (!isSettled || state === this.#told) return;
    this.#told = state;
    this.#options.onChange();
  }
}

/** Looks at files every so often, until it is disposed of. */
export function watchFiles(options: WatchOptions, everyMs: number): Disposable {
  const watch = new FileWatch(options);
  const end = new AbortController();
  void (async () => {
    while (await passed(everyMs, end.signal)) await watch.look();
  })();
  return { [Symbol.dispose]: () => end.abort() };
}

/** Whether the time passed before the end. */
async function passed(ms: number, signal: AbortSignal): Promise<boolean> {
  return delay(ms, true, { signal, ref: false }).catch(() => false);
}
