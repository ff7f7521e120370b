/** At most this many sources, and as many destinations, are shown at once. */
export const matrixSide = 200;

/** Which services are to stand in a matrix; on a side where none is named, the first by name. */
export interface MatrixQuestion {
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
}

/** How one service stands to another. */
export interface MatrixCell {
  readonly allowed: boolean;
  /** The intention that decides, such as `* => db (deny)`; none where the default does. */
  readonly decidedBy?: string;
  /** Whether that intention names both services. */
  readonly exact: boolean;
  /** Whether a sidecar of the source declares the destination as an upstream. */
  readonly declared: boolean;
  /** Connections and requests that sidecars reported since the agent started. */
  readonly seen: number;
  /** Milliseconds since 1970. */
  readonly lastSeen?: number;
}

/** Which of some services may reach which, a row a source and a column a destination. */
export interface MeshMatrix {
  readonly revision: number;
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  /** The cell of source s and destination d is at `s * destinations.length + d`. */
  readonly cells: readonly MatrixCell[];
}
