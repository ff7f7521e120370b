import type { CheckFinding } from './check-finding.ts';
import type { MatrixQuestion, MeshMatrix } from './mesh-matrix.ts';
import type { StatusSection, StatusUpdate } from './status-update.ts';

/** Where those who watch the mesh get it from. Each sequence ends when the signal aborts. */
export interface StatusSource {
  /** The present state of some sections in parts, the overview first, then `complete`, then what changes of them. */
  readonly watch: (
    sections: readonly StatusSection[],
    signal: AbortSignal,
  ) => AsyncIterable<StatusUpdate>;
  /** The matrix as it is, then again whenever a cell of it changed. */
  readonly watchMatrix: (
    question: MatrixQuestion,
    signal: AbortSignal,
  ) => AsyncIterable<MeshMatrix>;
  /** What is wrong, one finding at a time, as they are made. */
  readonly check: (signal: AbortSignal) => AsyncIterable<CheckFinding>;
}
