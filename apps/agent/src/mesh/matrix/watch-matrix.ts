import type { MatrixQuestion, MeshMatrix } from '@chancery/mesh-api';
import { ownTurn } from '../own-turn.ts';
import { LiveRows } from '../status/live-rows.ts';
import { paceMs } from '../status/paced.ts';
import { pause, untilAborted } from '../status/until-aborted.ts';
import { type Matrix, type MatrixParts, matrixKey, matrixRows } from './matrix-rows.ts';

/** Cells that may be sent in a millisecond, to all who watch: a large matrix that changes all the time is sent less often. */
const cellsPerMs = 40;

/** The matrices that are watched. Those who ask the same share one. */
export class Matrices {
  readonly #parts: MatrixParts;
  readonly #open = new Map<string, LiveRows<Matrix>>();
  #watchers = 0;

  constructor(parts: MatrixParts) {
    this.#parts = parts;
  }

  /** How many different ones are watched. */
  get size(): number {
    return this.#open.size;
  }

  /** The matrix as it is, then again after a cell of it has changed. */
  async *watch(
    question: MatrixQuestion,
    revision: () => number,
    signal: AbortSignal,
  ): AsyncGenerator<MeshMatrix> {
    const key = JSON.stringify([question.sources, question.destinations]);
    const rows = this.#open.get(key) ?? new LiveRows(matrixRows(this.#parts, question));
    this.#open.set(key, rows);
    let change = Promise.withResolvers<void>();
    using stack = new DisposableStack();
    this.#watchers += 1;
    stack.defer(() => {
      this.#watchers -= 1;
    });
    stack.defer(() => {
      if (!rows.isWatched && this.#open.get(key) === rows) this.#open.delete(key);
    });
    stack.use(rows.watch(() => change.resolve()));
    await untilAborted(rows.ready, signal);
    while (!signal.aborted) {
      change = Promise.withResolvers();
      await ownTurn();
      const matrix = rows.get(matrixKey);
      if (matrix !== undefined) yield { revision: revision(), ...matrix };
      await pause(this.#paceOf(matrix), signal);
      await untilAborted(change.promise, signal);
    }
  }

  #paceOf(matrix: Matrix | undefined): number {
    return Math.max(paceMs, ((matrix?.cells.length ?? 0) * this.#watchers) / cellsPerMs);
  }
}
