import type { StatusPart, StatusSection, StatusUpdate } from '@chancery/mesh-api';
import { ownTurn } from '../own-turn.ts';
import type { LiveMesh } from './live-mesh.ts';
import { paceMs } from './paced.ts';
import { StatusWatcher } from './status-watcher.ts';
import { pause } from './until-aborted.ts';

/** What a watcher is told with every update. */
export interface WatchClock {
  readonly revision: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How long nothing may change before a watcher is told that it is still connected. */
  readonly aliveMs: number;
}

/** So many rows go into one message: a watcher begins to show them before the last have come. */
const rowsAtOnce = 400;

/**
 * What one watcher is told: the sections as they are, then what changes. While it does not take what it was
 * told, nothing but the keys of what changed meanwhile is kept for it.
 */
export async function* watchStatus(
  mesh: LiveMesh,
  sections: readonly StatusSection[],
  clock: WatchClock,
  signal: AbortSignal,
): AsyncGenerator<StatusUpdate> {
  using watcher = new StatusWatcher(mesh);
  const update = (part: StatusPart): StatusUpdate => ({
    revision: clock.revision(),
    at: clock.now(),
    part,
  });
  for (const section of sections) {
    const present = await watcher.begin(section, signal);
    if (signal.aborted) return;
    for await (const part of parts(mesh, [[section, present]])) yield update(part);
  }
  yield update({ kind: 'complete' });
  while (await watcher.changed(clock.aliveMs, signal)) {
    const taken = watcher.take();
    if (taken.length === 0) yield update({ kind: 'alive' });
    for await (const part of parts(mesh, taken)) yield update(part);
    await pause(paceMs, signal);
  }
}

/**
 * The rows are read when a part is asked for: of a slow reader's backlog only the keys are kept. However many
 * watch, others have their turn between any two parts.
 */
async function* parts(
  mesh: LiveMesh,
  changed: Iterable<readonly [StatusSection, readonly string[]]>,
): AsyncGenerator<StatusPart> {
  for (const [section, keys] of changed) {
    for (let at = 0; at < keys.length; at += rowsAtOnce) {
      await ownTurn();
      const part = mesh[section].part(keys.slice(at, at + rowsAtOnce));
      if (part !== undefined) yield part;
    }
  }
}
