import type { MeshOverview } from '@chancery/mesh-api';
import { overviewKey } from './live-mesh.ts';
import type { OpenRows } from './live-rows.ts';
import { type OnFailure, Paced } from './paced.ts';

/** The mesh in figures: put together anew after something that they count has changed. */
export function overviewRows(
  figures: () => MeshOverview,
  /** Begins to call back whenever the figures may have changed, and keeps what they are read from current. */
  open: (onChange: () => void) => Disposable,
  onFailure: OnFailure,
): OpenRows<MeshOverview> {
  return (sink) => {
    const stack = new DisposableStack();
    const update = stack.use(new Paced(() => sink.put(overviewKey, figures()), onFailure));
    stack.use(open(() => update.request()));
    sink.put(overviewKey, figures());
    return { ready: Promise.resolve(), [Symbol.dispose]: () => stack.dispose() };
  };
}
