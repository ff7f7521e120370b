import type { MeshClient } from '@chancery/mesh-api/client';
import type { MatrixNames } from '../state/matrix-names.ts';
import { backoff } from './backoff.ts';
import type { FeedPorts } from './follow-mesh.ts';

/** Follows the pairs that are on the screen: those of the last call, until the next. */
export interface MatrixFeed {
  readonly want: (names: MatrixNames | undefined) => void;
}

/** A cursor that is still moving asks nothing yet. */
const settling = 80;

/** Asks for other pairs when others come into sight, and again when the stream breaks. */
export function matrixFeed(mesh: MeshClient, ports: FeedPorts): MatrixFeed {
  let present = '';
  let stop: AbortController | undefined;
  return {
    want(names) {
      const key = names === undefined ? '' : JSON.stringify(names);
      if (key === present) return;
      present = key;
      stop?.abort();
      stop = new AbortController();
      if (names === undefined) return;
      const signal = AbortSignal.any([ports.signal, stop.signal]);
      void follow(mesh, names, { ...ports, signal });
    },
  };
}

async function follow(mesh: MeshClient, names: MatrixNames, ports: FeedPorts): Promise<void> {
  const { dispatch, wait, signal } = ports;
  const request = { sources: [...names.sources], destinations: [...names.destinations] };
  let failures = 0;
  await wait(settling, signal);
  while (!signal.aborted) {
    try {
      for await (const answer of mesh.status.watchMatrix(request, { signal })) {
        failures = 0;
        dispatch({ kind: 'matrix', answer });
      }
    } catch {
      // What follows the mesh as a whole says that the connection is lost, and why.
    }
    failures += 1;
    if (!signal.aborted) await wait(backoff(failures), signal);
  }
}
