import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** What tells one state of a file from another. */
export interface FileState {
  /** When it was written last, how large and which one it is. */
  readonly stamp: string;
  readonly isEmpty: boolean;
}

/** The states of files and folders by their paths. */
export type FilesState = ReadonlyMap<string, FileState>;

/** What tells one state of files and folders from another: which files there are, and the state of each. */
export async function filesState(paths: readonly string[]): Promise<FilesState> {
  const states = await Promise.all(paths.map(stateOf));
  return new Map(states.flat());
}

type Entry = readonly [path: string, state: FileState];

async function stateOf(path: string): Promise<readonly Entry[]> {
  const [found] = await looked(path);
  if (found !== undefined) return [found];
  const names = await readdir(path).catch(() => []);
  // What lies deeper is not read.
  const inside = await Promise.all(names.map((name) => looked(join(path, name))));
  return [[path, { stamp: 'a folder', isEmpty: false }], ...inside.flat()];
}

/** The state of what is no folder. */
async function looked(path: string): Promise<readonly Entry[]> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  if (found === undefined) return [[path, { stamp: 'absent', isEmpty: false }]];
  if (found.isDirectory()) return [];
  const { mtimeNs, size, ino } = found;
  return [[path, { stamp: `${mtimeNs} ${size} ${ino}`, isEmpty: found.isFile() && size === 0n }]];
}

function areSame(one: FilesState, other: FilesState): boolean {
  if (one.size !== other.size) return false;
  return one.entries().every(([path, { stamp }]) => other.get(path)?.stamp === stamp);
}

/** The files that are empty now and were not. */
function emptied(before: FilesState, now: FilesState): readonly string[] {
  const had = (path: string): boolean => {
    const state = before.get(path);
    return state !== undefined && state.stamp !== 'absent' && !state.isEmpty;
  };
  return [...now].flatMap(([path, { isEmpty }]) => (isEmpty && had(path) ? [path] : []));
}

/** What a watch takes. */
export interface WatchOptions {
  /** Files and folders. */
  readonly paths: readonly string[];
  /** Their state when they were read last. */
  readonly since: FilesState;
  /** Called when files have changed and stayed so. */
  readonly onChange: () => void;
  /** Called when files are empty that were not: `onChange` follows only if they stay so for longer. */
  readonly onEmptied: (paths: readonly string[]) => void;
}

/** How many looks have to find no further change: who writes several files is through by then. */
const looksToSettle = 1;
/** The same where a file is empty: many programs empty a file before they write it, and it may take them a while. */
const looksToStayEmpty = 10;

/**
 * Looks at files for changes. Looking finds what notifications miss: files that editors replace, links that are
 * turned to another folder as Kubernetes does, files on a network.
 */
export class FileWatch {
  readonly #options: WatchOptions;
  #told: FilesState;
  #last: FilesState;
  /** How many looks have found what the one before them found. */
  #unchanged = 0;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#told = options.since;
    this.#last = options.since;
  }

  /** Looks once; a change is told by the look that finds it settled. */
  async look(): Promise<void> {
    const state = await filesState(this.#options.paths);
    this.#unchanged = areSame(state, this.#last) ? this.#unchanged + 1 : 0;
    this.#last = state;
    if (this.#unchanged < looksToSettle || areSame(state, this.#told)) return;
    const empty = emptied(this.#told, state);
    if (empty.length > 0 && this.#unchanged < looksToStayEmpty) {
      if (this.#unchanged === looksToSettle) this.#options.onEmptied(empty);
      return;
    }
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
