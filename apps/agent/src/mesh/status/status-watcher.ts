import type { StatusSection } from '@chancery/mesh-api';
import type { LiveMesh } from './live-mesh.ts';
import { pause, untilAborted } from './until-aborted.ts';

/** What one watcher still has to be told: per section the keys of rows, each once however often it changed. */
export class StatusWatcher implements Disposable {
  readonly #mesh: LiveMesh;
  readonly #stack = new DisposableStack();
  readonly #changed = new Map<StatusSection, Set<string>>();
  #wake: PromiseWithResolvers<void> = Promise.withResolvers();

  constructor(mesh: LiveMesh, sections: readonly StatusSection[]) {
    this.#mesh = mesh;
    for (const section of sections) {
      const keys = new Set<string>();
      this.#changed.set(section, keys);
      const note = (key: string): void => {
        keys.add(key);
        this.#wake.resolve();
      };
      this.#stack.use(mesh[section].rows.watch(note));
    }
  }

  [Symbol.dispose](): void {
    this.#stack.dispose();
  }

  /** The keys of a section as it is now; of what changed until now nothing is told again. */
  takePresent(section: StatusSection): readonly string[] {
    this.#changed.get(section)?.clear();
    return this.#mesh[section].rows.keys();
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
