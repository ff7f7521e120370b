import type { MeshClient } from '@chancery/mesh-api/client';
import type { WatchResponse } from '@chancery/mesh-api/v1/status';
import { applyMessage, emptyMesh, type Mesh } from '../model/mesh.ts';

/** Reads the present state and no more; the stream is left when all of it has come. */
export async function readState(
  { status }: MeshClient,
  onMessage: (message: WatchResponse) => void = () => {},
): Promise<Mesh> {
  let mesh = emptyMesh;
  const done = new AbortController();
  try {
    for await (const message of status.watch({}, { signal: done.signal })) {
      mesh = applyMessage(mesh, message);
      onMessage(message);
      if (mesh.complete) break;
    }
  } finally {
    done.abort();
  }
  return mesh;
}
