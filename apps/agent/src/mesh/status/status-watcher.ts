import type { StatusSection } from '@chancery/mesh-api';
import type { LiveMesh } from './live-mesh.ts';
import { pause, untilAborted } from './until-aborted.ts';

/** What one watcher still has to be told: per section the keys of rows, each once however often it changed. */
export class StatusWatcher implements Disposable {
  readonly #mesh: LiveMesh;
  readonly #stack = new DisposableStack();
  readonly #changed = new Map<StatusSection, Set<string>>();
  #wake: PromiseWithResolvers<void> = Promise.withResolvers();

  constructor(mesh: LiveMesh) {
    this.#mesh = mesh;
  }

  [Symbol.dispose](): void {
    this.#stack.dispose();
  }

  /** Begins to watch a section; resolves with the keys of all its rows, or with none once the signal has aborted. */
  async begin(section: StatusSection, signal: AbortSignal): Promise<readonly string[]> {
    const { rows } = this.#mesh[section];
    const changed = new Set<string>();
    this.#changed.set(section, changed);
    const note = (key: string): void => {
      changed.add(key);
      this.#wake.resolve();
    };
    this.#stack.use(rows.watch(note));
    await untilAborted(rows.ready, signal);
    // Of what changed until now nothing is told again.
    changed.clear();
    return signal.aborted ? [] : rows.keys();
  }

  /** Waits until something changed, or for as long as that may take. False once the signal has aborted. */
  async changed(aliveMs: number, signal: AbortSignal): Promise<boolean> {
    // What was told meanwhile as part of the present state is no change any more.
    if (!this.#hasChanges) this.#wake = Promise.withResolvers();
    const over = new AbortController();
    const either = AbortSignal.any([over.signal, signal]);
    await Promise.race([untilAborted(this.#wake.promise, either), pause(aliveMs, either)]);
    over.abort();
    return !signal.aborted;
  }

  get #hasChanges(): boolean {
    return this.#changed.values().some((keys) => keys.size > 0);
  }

  /** What changed since it was taken last. */
  take(): readonly (readonly [StatusSection, readonly string[]])[] {
    const taken = [...this.#changed]
      .filter(([, keys]) => keys.size > 0)
      .map(([section, keys]) => [section, [...keys]] as const);
    for (const keys of this.#changed.values()) keys.clear();
    return taken;
  }
}
